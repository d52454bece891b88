#include "registry.h"

namespace shop {

static void look_up(const std::string &item) {
  get_price_cache().store(item, 7);
  get_script_holder().put(script());
}

static void greet(const std::string &user_id) {
  get_session_registry().remember(user_id);
  ++request_count;
}

void serve(const isolation::UserExecutionContext &user_context,
           const std::string &user_id) {
  if (user_context.ended())
    return;
  greet(user_id);
  look_up("tea");
}

/// Called by a C library, which has no context to give.
extern "C" void shop_on_timer() { get_price_cache().store("timer", 0); }

} // namespace shop
