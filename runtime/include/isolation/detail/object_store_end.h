// ObjectStore's end: every object is destroyed, newest first, whatever the
// destructors do.
//
// Part of object_store.h, which includes it.

#ifndef ISOLATION_DETAIL_OBJECT_STORE_END_H
#define ISOLATION_DETAIL_OBJECT_STORE_END_H

#include <isolation/detail/object_store.h>

namespace isolation::detail {

inline bool ObjectStore::begin_end() noexcept {
  const ScopeLock::Guard lock(lock_);
  if (ended_.load(std::memory_order_relaxed))
    return false;
  ended_.store(true, std::memory_order_release);
  lock_.share(); // see claim_as_owner()
  tell_handles();
  return true;
}

inline void ObjectStore::tell_handles() noexcept {
  if (GenerationCell *const cell = cell_.load(std::memory_order_acquire))
    cell->ended.store(true, std::memory_order_release);
}

inline void ObjectStore::finish_end() {
  const HiddenAmbient hidden(*this);
  const std::exception_ptr failure = destroy_objects();
#if ISOLATION_EXCEPTIONS
  if (failure)
    std::rethrow_exception(failure);
#endif
}

inline void ObjectStore::end_unobserved() noexcept {
  if (ended_.load(std::memory_order_relaxed))
    return;
  ended_.store(true, std::memory_order_release);
  lock_.disown();
  const HiddenAmbient hidden(*this);
  if (destroy_objects())
    report_fault("a destructor threw while the last handle of its request "
                 "went; the other objects were destroyed all the same");
}

/// Without the lock: once `ended_` is set nobody else touches the list, nor the
/// nodes' plain members.
inline std::exception_ptr ObjectStore::destroy_objects() noexcept {
  CreationObserver *const heard = observer_; // set before ended_
  std::exception_ptr first_failure;
  for (SlotNode *node = newest_; node; node = node->older) {
    // Gone for others before it is gone: a destructor that asks for an object
    // created after its own must not get a destroyed one.
    node->visible.store(nullptr, std::memory_order_release);
#if ISOLATION_EXCEPTIONS
    try {
      node->type->destroy(node->storage);
    } catch (...) {
      if (!first_failure)
        first_failure = std::current_exception();
    }
#else
    node->type->destroy(node->storage);
#endif
    if (!ISOLATION_LIKELY(heard == nullptr))
      heard->destroyed(*node->type);
  }
  if (!ISOLATION_LIKELY(heard == nullptr))
    heard->ended();
  if (!ISOLATION_LIKELY(!had_override_))
    table_.for_each([](SlotNode &node) {
      node.visible.store(nullptr, std::memory_order_release);
    });
  return first_failure;
}

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_OBJECT_STORE_END_H
