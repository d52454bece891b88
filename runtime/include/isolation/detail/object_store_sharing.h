// ObjectStore's shared objects: what pointers from share() keep, whatever
// becomes of the slot.
//
// set() and reset() take such an object out of its slot, but not out of the
// list of objects: a node of its own takes the slot's place there. So it stays
// until its last pointer goes, and where the scope ends before, it is destroyed
// when its turn comes.
//
// Part of object_store.h, which includes it.

#ifndef ISOLATION_DETAIL_OBJECT_STORE_SHARING_H
#define ISOLATION_DETAIL_OBJECT_STORE_SHARING_H

#include <isolation/detail/object_store.h>

#include <cstddef>
#include <new>

namespace isolation::detail {

/// There is one while an object has pointers. Lives in the scope's arena.
struct SharedObject {
  SharedObject(SlotNode &slot, SharedObject *later) noexcept
      : place(&slot), apart(*slot.key), next(later) {}

  // Guarded by the scope's lock.
  SlotNode *place; // has the object: the slot's node, or `apart`
  SlotNode apart;  // in no table
  std::size_t pointers = 1;
  SharedObject *next;
};

inline ObjectStore::Sharing ObjectStore::share_object(const SlotKey &key) {
  const ScopeLock::Guard lock(lock_);
  SlotNode *const node = table_.find(key);
  void *const object =
      node ? node->visible.load(std::memory_order_relaxed) : nullptr;
  // A replacement is its test's; and what is still there after the end, nobody
  // takes out of its slot.
  if (!object || ended_.load(std::memory_order_relaxed) || is_overridden(*node))
    return {object, nullptr};
  SharedObject *shared = shared_in(*node);
  if (shared)
    ++shared->pointers;
  else
    shared = shared_ = ::new (
        arena_.allocate_single(sizeof(SharedObject), alignof(SharedObject)))
        SharedObject(*node, shared_);
  return {object, shared};
}

inline ObjectStore::Detached
ObjectStore::unshare(SharedObject &shared) noexcept {
  const ScopeLock::Guard lock(lock_);
  if (--shared.pointers != 0 || ended_.load(std::memory_order_relaxed))
    return {}; // after the end it goes with the scope's memory
  SharedObject **link = &shared_;
  while (*link != &shared)
    link = &(*link)->next;
  *link = shared.next;
  Detached last;
  if (shared.place == &shared.apart)
    last = detach(shared.apart);
  arena_.release(&shared);
  return last;
}

inline SharedObject *ObjectStore::shared_in(const SlotNode &node) noexcept {
  SharedObject *shared = shared_;
  while (shared && shared->place != &node)
    shared = shared->next;
  return shared;
}

/// Returns the node that is to take the slot's place in the list.
inline SlotNode &ObjectStore::move_apart(SharedObject &shared,
                                         const Detached &object,
                                         SlotNode *older) noexcept {
  shared.place = &shared.apart;
  shared.apart.storage = object.storage;
  shared.apart.type = object.type;
  shared.apart.older = older;
  return shared.apart;
}

inline void ObjectStore::dispose_unobserved(Detached old) noexcept {
#if ISOLATION_EXCEPTIONS
  try {
    dispose(old);
  } catch (...) {
    report_fault("a destructor threw while the last pointer to its object "
                 "went");
  }
#else
  dispose(old);
#endif
}

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_OBJECT_STORE_SHARING_H
