// SlotNode: what one request holds for one slot.
//
// States, told by three members:
//
//                creator   storage   visible
//   empty        null      null      null
//   creating     set       null      null
//   created      null      set       the object
//   overridden   any       any       the replacement (see TestOverride)
//
// Nodes live in their request's arena and never move or go before it does, so
// a lookup follows them without a lock.

#ifndef ISOLATION_DETAIL_SLOT_NODE_H
#define ISOLATION_DETAIL_SLOT_NODE_H

#include <isolation/detail/slot_key.h>

#include <atomic>
#include <cstddef>

namespace isolation::detail {

class Creation;

/// How to handle what lies in an object's storage: the object itself, or the
/// smart pointer that owns it.
struct StorageOps {
  void (*destroy)(void *storage);
  void *(*object)(void *storage); // as the slot's T
};

struct SlotNode {
  explicit SlotNode(const SlotKey &slot) noexcept : key(&slot) {}

  const SlotKey *const key;
  // The next nodes of the trie that SlotTable is. Written once each, under the
  // scope's lock; read by anyone.
  std::atomic<SlotNode *> next[2] = {nullptr, nullptr};
  // What the slot shows. Written under the scope's lock or by the thread that
  // ends the request; read by anyone.
  std::atomic<void *> visible{nullptr};
  // Written under the scope's lock; read under it, and by threads that wait.
  std::atomic<Creation *> creator{nullptr};
  // Guarded by the scope's lock while the request is active.
  void *storage = nullptr;
  const StorageOps *ops = nullptr;
  SlotNode *older = nullptr; // created before this one

  [[nodiscard]] void *own_object() const {
    return storage ? ops->object(storage) : nullptr;
  }
};

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_SLOT_NODE_H
