// Creation: one run of a factory, as the thread sees it that runs it.
//
// Lives on that thread's stack while the slot is in state "creating". The
// creations of a thread form a stack: a factory that asks for another object
// starts an inner creation. A thread can wait for an object that another thread
// creates; then the outermost creation of its stack says for which. Following
// "waits for" and "is created by" from there finds every cycle, over any number
// of threads and requests, before anyone blocks in it.
//
// Thread-safety: `outer` and what it points to are fixed while the creation
// lives. `awaited` is guarded by creation_waits(). Whoever looks at another
// thread's creation holds either the lock of the scope in which it creates (it
// cannot finish without) or creation_waits() while that thread waits (it cannot
// stop waiting without).

#ifndef ISOLATION_DETAIL_CREATION_H
#define ISOLATION_DETAIL_CREATION_H

#include <isolation/detail/config.h>
#include <isolation/detail/context_forward.h>
#include <isolation/detail/mutex.h>
#include <isolation/detail/slot_node.h>

#include <string>
#include <string_view>

namespace isolation::detail {

/// The innermost creation of the calling thread, null outside factories. Its
/// address also tells threads apart (ScopeLock): one thread-local variable is
/// one call where they are reached by one, in shared libraries.
ISOLATION_PROCESS_WIDE ISOLATION_EXPORT inline thread_local Creation
    *innermost_creation = nullptr;

/// Guards who waits for whom. Taken only by a thread inside a factory that is
/// about to wait, or has just waited, for another thread's creation.
ISOLATION_EXPORT inline Mutex &creation_waits() noexcept {
  ISOLATION_PROCESS_WIDE static Mutex mutex;
  return mutex;
}

class Creation {
public:
  Creation() noexcept = default;
  Creation(const Creation &) = delete;
  Creation &operator=(const Creation &) = delete;

  /// From the claim of a slot until it is filled or given back.
  void begin(SlotNode &slot) noexcept {
    node = &slot;
    outer = innermost_creation;
    innermost_creation = this;
  }
  void finish() noexcept { innermost_creation = outer; }

  [[nodiscard]] Creation &outermost() noexcept {
    Creation *creation = this;
    while (creation->outer)
      creation = creation->outer;
    return *creation;
  }

  /// What the thread of a stack of creations waits for.
  struct Awaited {
    ObjectStore *scope;
    SlotNode *node;
    const Creation *innermost; // of the waiting thread
  };

  /// What is being created, from begin() on.
  [[nodiscard]] std::string_view type_name() const noexcept {
    return node->type->slot_type;
  }

  SlotNode *node;                   // the claimed one; set by begin()
  Creation *outer;                  // set by begin()
  const Awaited *awaited = nullptr; // in the outermost creation only
};

/// "A -> B -> ", from `first` inwards to `innermost`.
inline void append_chain(std::string &text, const Creation &first,
                         const Creation *innermost) {
  if (innermost != &first)
    append_chain(text, first, innermost->outer);
  text.append(innermost->type_name()).append(" -> ");
}

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_CREATION_H
