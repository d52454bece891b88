#include "registry.h"

namespace shop {

SessionRegistry &get_session_registry() {
  static SessionRegistry registry;
  return registry;
}

PriceCache &get_price_cache() {
  static PriceCache cache; // "quotes" & </script><script>window.harmed=1</script>
  return cache;
}

Holder<script> &get_script_holder() {
  static Holder<script> holder; // ‮drawkcab‬ is written backwards
  return holder;
}

int request_count = 0;

} // namespace shop
