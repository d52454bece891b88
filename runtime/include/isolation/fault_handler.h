// FaultHandler: hears of faults that cannot be thrown.
//
// Example:
//
//   #include <isolation/fault_handler.h>
//   #include <cstdio>
//
//   void log_fault(const char *message) noexcept {
//     std::fprintf(stderr, "our log: %s\n", message);
//   }
//   void install() { isolation::set_fault_handler(&log_fault); }
//
// Called for: an exception from a destructor when the last handle of a request
// goes (the clean-up goes on); a guard destroyed out of order or on a foreign
// thread (then the process aborts: a dangling ambient context could show one
// user's data to another); any error of this library when built with
// -fno-exceptions (then the process aborts).
// Lifetime: the function must live as long as the process.
// Thread-safety: may be set and called from any thread at any time.

#ifndef ISOLATION_FAULT_HANDLER_H
#define ISOLATION_FAULT_HANDLER_H

#include <isolation/detail/config.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <utility>

namespace isolation {

using FaultHandler = void (*)(const char *message) noexcept;

namespace detail {

inline void print_fault(const char *message) noexcept {
  std::fprintf(stderr, "isolation: %s\n", message);
}

ISOLATION_PROCESS_WIDE ISOLATION_EXPORT inline std::atomic<FaultHandler>
    fault_handler{&print_fault};

inline void report_fault(const char *message) noexcept {
  fault_handler.load(std::memory_order_acquire)(message);
}

[[noreturn]] inline void fail_fast(const char *message) noexcept {
  report_fault(message);
  std::abort();
}

/// The one way out for errors, so that -fno-exceptions changes one function.
template <class E>
[[noreturn]] ISOLATION_ABI ISOLATION_NOINLINE void raise(E error) {
#if ISOLATION_EXCEPTIONS
  throw E(std::move(error));
#else
  fail_fast(error.what());
#endif
}

} // namespace detail

/// Returns the handler that was installed before; null restores the default,
/// which prints one line to stderr.
inline FaultHandler set_fault_handler(FaultHandler handler) noexcept {
  return detail::fault_handler.exchange(
      handler ? handler : &detail::print_fault, std::memory_order_acq_rel);
}

} // namespace isolation

#endif // ISOLATION_FAULT_HANDLER_H
