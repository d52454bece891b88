// IsolationFault: one user's object or context where another's belongs.
//
// Example:
//
//   #include <isolation/isolation_fault.h>
//   #include <cstdio>
//
//   void log_fault(const isolation::IsolationFault &fault) {
//     std::fprintf(stderr, "our log: %s\n", fault.text().c_str());
//     // returns: the program goes on
//   }
//   void install() { isolation::set_isolation_fault_handler(&log_fault); }
//
// Looked for in checked builds only (ISOLATION_CHECKED, on unless NDEBUG is
// defined); a program whose units disagree about that does not link. What is
// looked for: see FaultKind. An object is its user's while a slot holds it, in
// place or by a smart pointer; two requests that get one object one after the
// other cannot be told from two that get one each. Identity always comes from
// the context that is passed; what the thread knows besides (guards, running
// factories) is only a witness, so that a lost propagation is reported and
// never acted upon.
//
// Shape: a value with what happened, the type, both users as hashes (different
// in each process: to tell users apart in a report, not to find out who they
// are), where the object or handle was made, and where it was used.
// The handler: called on the thread where it happens. The default throws an
// IsolationFaultError; where nothing may be thrown (a handle's copy, the end of
// a thread, -fno-exceptions) it prints the text and aborts.
// Not looked for: a plain reference that is used after its request has ended.
// It reads 0xdd, or is reported by AddressSanitizer. See "Checked builds" in
// docs/runtime.md.
// Thread-safety: any thread; so must the handler be.

#ifndef ISOLATION_ISOLATION_FAULT_H
#define ISOLATION_ISOLATION_FAULT_H

#include <isolation/detail/config.h>
#include <isolation/detail/place.h>
#include <isolation/error.h>
#include <isolation/fault_handler.h>

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace isolation {

enum class FaultKind : unsigned char {
  ObjectOfAnotherUser,    ///< put into a slot, or made inside its factory
  ContextOfAnotherUser,   ///< used under the ContextGuard of somebody else
  ContextInStaticStorage, ///< kept in a global, for every user to find
  ContextInForeignObject, ///< kept by another user's object, or a wider scope's
  AmbientContextLeft      ///< a guard on a thread that has no task any more
};

constexpr std::string_view fault_text(FaultKind kind) noexcept {
  switch (kind) {
  case FaultKind::ObjectOfAnotherUser:
    return "an object was handed to another user's context";
  case FaultKind::ContextOfAnotherUser:
    return "a context was used while the ambient context is another user's";
  case FaultKind::ContextInStaticStorage:
    return "a context was stored in a process-wide place";
  case FaultKind::ContextInForeignObject:
    return "a context was stored in an object of another user, or of a wider "
           "scope";
  case FaultKind::AmbientContextLeft:
    return "an ambient context was left behind on a thread";
  }
  return "unknown";
}

struct IsolationFault {
  FaultKind kind;
  std::string_view type; ///< of the object; empty for a context
  std::uint64_t owner;   ///< hash of whose it is
  std::uint64_t user;    ///< hash of who it came to; 0 where nobody's
  detail::Place made;    ///< where object, context or guard was made
  detail::Place used;    ///< where it was found, as far as known

  [[nodiscard]] std::string text() const {
    std::string out(fault_text(kind));
    if (!type.empty())
      out.append(": ").append(type);
    out.append("; of ").append(user_text(owner));
    if (user != 0)
      out.append(", for ").append(user_text(user));
    append(out, ", made at ", made);
    append(out, ", used at ", used);
    return out;
  }

private:
  static std::string user_text(std::uint64_t hash) {
    std::string out = "user#";
    for (int shift = 28; shift >= 0; shift -= 4)
      out += "0123456789abcdef"[(hash >> shift) & 15];
    return out;
  }
  static void append(std::string &out, const char *what,
                     const detail::Place &place) {
    if (place.line != 0)
      out.append(what)
          .append(place.file)
          .append(":")
          .append(std::to_string(place.line));
  }
};

class ISOLATION_EXPORT IsolationFaultError : public Error {
public:
  explicit IsolationFaultError(const IsolationFault &fault)
      : Error(fault.text()), fault_(fault) {}

  [[nodiscard]] const IsolationFault &fault() const noexcept { return fault_; }

private:
  IsolationFault fault_;
};

using IsolationFaultHandler = void (*)(const IsolationFault &fault);

namespace detail {

ISOLATION_PROCESS_WIDE
ISOLATION_EXPORT inline std::atomic<IsolationFaultHandler>
    isolation_fault_handler{nullptr};

/// Where the caller can be thrown to.
inline void report(const IsolationFault &fault) {
  if (const auto handler =
          isolation_fault_handler.load(std::memory_order_acquire))
    handler(fault);
  else
    raise(IsolationFaultError(fault));
}

/// Where it cannot.
inline void report_or_abort(const IsolationFault &fault) noexcept {
  if (const auto handler =
          isolation_fault_handler.load(std::memory_order_acquire))
    handler(fault);
  else
    fail_fast(fault.text().c_str());
}

} // namespace detail

/// Returns the handler that was installed before, null for the default; null
/// restores the default.
inline IsolationFaultHandler
set_isolation_fault_handler(IsolationFaultHandler handler) noexcept {
  return detail::isolation_fault_handler.exchange(handler,
                                                  std::memory_order_acq_rel);
}

} // namespace isolation

#endif // ISOLATION_ISOLATION_FAULT_H
