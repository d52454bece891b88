// ObjectStore's waiting: for an object that another thread creates, and never
// in a circle.
//
// Who waits is registered (Creation::awaited) before it sleeps, so whoever
// would close a circle finds out by following the registrations.
//
// Part of object_store.h, which includes it.

#ifndef ISOLATION_DETAIL_OBJECT_STORE_WAITING_H
#define ISOLATION_DETAIL_OBJECT_STORE_WAITING_H

#include <isolation/creation_cycle_error.h>
#include <isolation/detail/object_store.h>

namespace isolation::detail {

/// Returns when `node` is no longer being created. `mine` is the calling
/// thread's innermost creation. Raises CreationCycleError when that would
/// never happen, because the creator waits for the calling thread.
ISOLATION_NOINLINE inline void
ObjectStore::wait_for_creator(SlotNode &node, Creation *mine,
                              std::string_view type) {
  WaitingRoom *room;
  const Creation::Awaited awaited{this, &node, mine};
  if (mine) {
    const LockGuard<Mutex> waits(creation_waits());
    refuse_cycle(node, *mine, type);
    room = enter_room(node);
    if (!room)
      return;
    mine->outermost().awaited = &awaited;
  } else { // nobody can be waiting for this thread
    room = enter_room(node);
    if (!room)
      return;
  }
  room->wait(
      [&] { return node.creator.load(std::memory_order_acquire) == nullptr; });
  if (mine) {
    const LockGuard<Mutex> waits(creation_waits());
    mine->outermost().awaited = nullptr;
  }
  const ScopeLock::Guard lock(lock_);
  --waiting_;
}

/// Null when there is nothing to wait for any more.
inline WaitingRoom *ObjectStore::enter_room(const SlotNode &node) {
  const ScopeLock::Guard lock(lock_);
  if (!node.creator.load(std::memory_order_relaxed))
    return nullptr;
  if (!room_)
    room_ = ::new (arena_.allocate(sizeof(WaitingRoom), alignof(WaitingRoom)))
        WaitingRoom;
  ++waiting_;
  return room_;
}

/// Raises CreationCycleError when waiting for `wanted` would never end. The
/// caller holds creation_waits().
inline void ObjectStore::refuse_cycle(const SlotNode &wanted, Creation &mine,
                                      std::string_view type) const {
  std::string others; // what other threads create, in waiting order
  const ObjectStore *scope = this;
  const SlotNode *node = &wanted;
  for (;;) {
    Creation *creator;
    const Creation::Awaited *next;
    {
      const ScopeLock::Guard lock(scope->lock_);
      creator = node->creator.load(std::memory_order_relaxed);
      if (!creator)
        return;
      if (&creator->outermost() == &mine.outermost())
        break;
      next = creator->outermost().awaited;
    }
    if (!next)
      return;
    append_chain(others, *creator, next->innermost);
    scope = next->scope;
    node = next->node;
  }
  raise_cycle(*node, mine, others, type);
}

[[noreturn]] inline void ObjectStore::raise_cycle(const SlotNode &own_node,
                                                  Creation &mine,
                                                  const std::string &others,
                                                  std::string_view type) {
  // Told from this thread's creation that the others wait for; it is this
  // thread's, so it stays what it is.
  const Creation *first = own_node.creator.load(std::memory_order_relaxed);
  std::string chain;
  append_chain(chain, *first, &mine);
  chain += others;
  chain += others.empty() ? type : first->type_name();
  raise(CreationCycleError(std::move(chain)));
}

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_OBJECT_STORE_WAITING_H
