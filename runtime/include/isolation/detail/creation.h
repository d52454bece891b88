// Creation: one run of a factory, as the thread sees it that runs it.
//
// Lives on that thread's stack while the slot is in state "creating". The
// creations of a thread form a stack: a factory that asks for another object
// starts an inner creation. A thread can wait for an object that another thread
// creates; then the outermost creation of its stack says for which. Following
// "waits for" and "is created by" from there finds every cycle, over any number
// of threads and requests, before anyone blocks in it.
//
// Thread-safety: `outer`, `outermost` and what they point to are fixed while
// the creation lives. `awaited` is guarded by creation_waits(). Whoever looks
// at another thread's creation holds either the lock of the scope in which it
// creates (it cannot finish without) or creation_waits() while that thread
// waits (it cannot stop waiting without).

#ifndef ISOLATION_DETAIL_CREATION_H
#define ISOLATION_DETAIL_CREATION_H

#include <isolation/detail/config.h>

#include <mutex>
#include <string>
#include <string_view>

namespace isolation::detail {

class RequestScope;
struct SlotNode;
class Creation;

/// The innermost creation of the calling thread, null outside factories.
ISOLATION_PROCESS_WIDE ISOLATION_EXPORT inline thread_local Creation
    *innermost_creation = nullptr;

/// Guards who waits for whom. Taken only by a thread inside a factory that is
/// about to wait, or has just waited, for another thread's creation.
ISOLATION_EXPORT inline std::mutex &creation_waits() noexcept {
  ISOLATION_PROCESS_WIDE static std::mutex mutex;
  return mutex;
}

class Creation {
public:
  explicit Creation(std::string_view type) noexcept
      : type_name(type), outer(innermost_creation),
        outermost(outer ? outer->outermost : this) {
    innermost_creation = this;
  }
  Creation(const Creation &) = delete;
  Creation &operator=(const Creation &) = delete;
  ~Creation() { innermost_creation = outer; }

  struct Awaited {
    RequestScope *scope = nullptr;
    SlotNode *node = nullptr;
    const Creation *innermost = nullptr; // of the waiting thread
  };

  const std::string_view type_name;
  Creation *const outer;
  Creation *const outermost;
  Awaited awaited; // used in the outermost creation only
};

/// "A -> B -> ", from `first` inwards to `innermost`.
inline void append_chain(std::string &text, const Creation &first,
                         const Creation *innermost) {
  if (innermost != &first)
    append_chain(text, first, innermost->outer);
  text.append(innermost->type_name).append(" -> ");
}

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_CREATION_H
