// HiddenAmbient: keeps a destructor from seeing somebody else's ambient
// context.
//
//     ContextGuard of bob          the last handle of ann's request goes here:
//       ~Session of ann's          current_context() must not be bob's
//
// Who releases an object need not be whose it is: the last handle goes inside
// another user's guard, that user's request evicts idle state. So while objects
// of a scope are destroyed the thread shows a context of that very request, or
// none; never one of another request, and never one at all to the objects of a
// wider scope, which are no request's. Their destructors find what the program
// installed (ProcessContext), or get NoContextError, as they do on a thread
// without a guard.
//
// Shape: an object on the stack, around destructors. Costs one thread-local
// load where there is no guard.

#ifndef ISOLATION_DETAIL_HIDDEN_AMBIENT_H
#define ISOLATION_DETAIL_HIDDEN_AMBIENT_H

#include <isolation/detail/ambient_entry.h>
#include <isolation/detail/config.h>
#include <isolation/detail/context_forward.h>

#include <new>

namespace isolation::detail {

class HiddenAmbient {
public:
  /// For objects of `store`.
  explicit HiddenAmbient(const ObjectStore &store) noexcept
      : hidden_(!ISOLATION_LIKELY(innermost_ambient == nullptr) &&
                hide_unless_of(store, memory_)) {}
  HiddenAmbient(const HiddenAmbient &) = delete;
  HiddenAmbient &operator=(const HiddenAmbient &) = delete;
  ~HiddenAmbient() {
    if (!ISOLATION_LIKELY(!hidden_))
      std::launder(reinterpret_cast<AmbientEntry *>(memory_))->pop();
  }

private:
  /// Puts an entry into `memory`, or returns false. In context_access.h: it
  /// takes a context to know whose it is.
  static bool hide_unless_of(const ObjectStore &store, void *memory) noexcept;

  const bool hidden_; // whether there is an entry in memory_
  alignas(AmbientEntry) unsigned char memory_[sizeof(AmbientEntry)];
};

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_HIDDEN_AMBIENT_H
