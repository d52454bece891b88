// Forwarders: old accessors, for callers that cannot pass a context yet.
//
// Example:
//
//   #include <isolation/forwarder.h>
//   #include <isolation/per_request.h>
//
//   struct Cart { int items = 0; };
//   Cart &create_cart(const isolation::UserExecutionContext &user_context) {
//     static constexpr isolation::PerRequest<Cart> slot;
//     return slot.get_or_create(user_context, [] { return Cart(); });
//   }
//   [[deprecated("pass a context to 'create_cart'")]] inline Cart &
//   get_cart(ISOLATION_FORWARDER_PLACE) {
//     ISOLATION_FORWARDER_USED("get_cart");
//     return create_cart(isolation::current_context());
//   }
//
// `unsingleton fix --compat=forwarder` writes them. A call takes the thread's
// context, so it needs a ContextGuard around it, or the program's
// ProcessContext; else it raises NoContextError.
//
// To find the calls that are left, define ISOLATION_REPORT_FORWARDERS for the
// whole build: then each place that calls a forwarder is told to a handler,
// once a process. Otherwise the macros are empty, and forwarders cost nothing.
// Lifetime: a handler must live as long as the process.
// Thread-safety: everything from any thread; the handler is called under no
// lock, and by several threads at once if they come from different places.
// Idea: Go's and Rust's lists of deprecated uses to burn down.

#ifndef ISOLATION_FORWARDER_H
#define ISOLATION_FORWARDER_H

#include <isolation/ambient_context.h>
#include <isolation/detail/config.h>
#include <isolation/detail/place.h>

#include <atomic>
#include <cstdio>

#if defined(ISOLATION_REPORT_FORWARDERS)
#include <mutex>
#include <set>
#include <string>
#include <tuple>
#endif

namespace isolation {

/// A place that calls a forwarder. The texts live as long as the process.
struct ForwarderUse {
  const char *forwarder = "";
  const char *file = ""; ///< empty where the compiler does not say
  int line = 0;
};

using ForwarderHandler = void (*)(const ForwarderUse &use);

namespace detail {

inline void print_forwarder_use(const ForwarderUse &use) {
  std::fprintf(stderr, "%s:%d: isolation: '%s' is called without a context\n",
               use.file, use.line, use.forwarder);
}

ISOLATION_PROCESS_WIDE ISOLATION_EXPORT inline std::atomic<ForwarderHandler>
    forwarder_handler{&print_forwarder_use};

#if defined(ISOLATION_REPORT_FORWARDERS)
class ForwarderPlaces {
public:
  /// Whether it is the first call from there.
  bool insert(const ForwarderUse &use) {
    const std::lock_guard<std::mutex> lock(mutex_);
    return places_.emplace(use.forwarder, use.file, use.line).second;
  }

private:
  std::mutex mutex_;
  std::set<std::tuple<std::string, std::string, int>> places_; ///< mutex_
};

ISOLATION_PROCESS_WIDE ISOLATION_EXPORT inline ForwarderPlaces forwarder_places;

inline void report_forwarder(const char *forwarder, const Place &place) {
  const ForwarderUse use{forwarder, place.file, place.line};
  if (forwarder_places.insert(use))
    forwarder_handler.load(std::memory_order_acquire)(use);
}
#endif

} // namespace detail

/// Returns the handler that was installed before; null restores the default,
/// which prints one line to stderr.
inline ForwarderHandler
set_forwarder_handler(ForwarderHandler handler) noexcept {
  return detail::forwarder_handler.exchange(
      handler ? handler : &detail::print_forwarder_use,
      std::memory_order_acq_rel);
}

} // namespace isolation

#if defined(ISOLATION_REPORT_FORWARDERS)
/// A forwarder's parameter: the place that calls it.
#define ISOLATION_FORWARDER_PLACE                                              \
  const ::isolation::detail::Place &isolation_place =                          \
      ::isolation::detail::Place::here()
#define ISOLATION_FORWARDER_USED(name)                                         \
  ::isolation::detail::report_forwarder(name, isolation_place)
#else
#define ISOLATION_FORWARDER_PLACE
#define ISOLATION_FORWARDER_USED(name) static_cast<void>(0)
#endif

#endif // ISOLATION_FORWARDER_H
