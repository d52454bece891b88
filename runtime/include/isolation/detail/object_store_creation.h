// ObjectStore's creations, in whatever state the scope and the slot are.
//
// Kept out of line: inlined into the accessor of every slot they would fill the
// instruction cache that they share.
//
// Part of object_store.h, which includes it.

#ifndef ISOLATION_DETAIL_OBJECT_STORE_CREATION_H
#define ISOLATION_DETAIL_OBJECT_STORE_CREATION_H

#include <isolation/detail/object_store.h>
#include <isolation/error.h>

#include <utility>

namespace isolation::detail {

ISOLATION_NOINLINE inline void *ObjectStore::claim(const SlotKey &key,
                                                   const StoredType &type,
                                                   Creation &creation) {
  key.ensure_number();
  for (;;) {
    SlotNode *node;
    {
      const ScopeLock::Guard lock(lock_);
      if (ended_.load(std::memory_order_relaxed))
        break;
      node = table_.find(key);
      if (void *object =
              node ? node->visible.load(std::memory_order_relaxed) : nullptr)
        return object;
      if (!node || !node->creator.load(std::memory_order_relaxed)) {
        if (!node)
          node = &add_node_with_storage(key, type);
        else
          node->storage = arena_.allocate_single(type.size, type.alignment);
        node->type = &type;
        node->creator.store(&creation, std::memory_order_relaxed);
        creation.begin(*node);
        if (observer_)
          observer_->started(creation);
        return nullptr;
      }
    }
    wait_for_creator(*node, innermost_creation, type.slot_type);
  }
  raise_ended();
}

ISOLATION_NOINLINE inline void *ObjectStore::publish(Creation &creation,
                                                     void *object) {
  SlotNode &node = *creation.node;
  const StoredType &type = *node.type;
  creation.finish();
  bool attached = false;
  WaitingRoom *sleepers;
  CreationObserver *heard; // owned to the last
  {
    const ScopeLock::Guard lock(lock_);
    if (!ended_.load(std::memory_order_relaxed)) {
      push_newest(node);
      if (void *other = node.visible.load(std::memory_order_relaxed))
        object = other;
      else
        node.visible.store(object, std::memory_order_release);
      attached = true;
    }
    node.creator.store(nullptr, std::memory_order_release);
    sleepers = waiting_ ? room_ : nullptr;
    heard = observer_;
  }
  if (sleepers)
    sleepers->wake_all();
  if (attached) {
    if (heard)
      heard->created(creation, type);
    return object;
  }
  if (heard)
    heard->failed(creation, type);
  {
    const HiddenAmbient hidden(*this);
    type.destroy(std::exchange(node.storage, nullptr));
  }
  raise_ended();
}

ISOLATION_NOINLINE inline void
ObjectStore::abandon(Creation &creation) noexcept {
  SlotNode &node = *creation.node;
  const StoredType &type = *node.type;
  creation.finish();
  WaitingRoom *sleepers;
  CreationObserver *heard;
  {
    const ScopeLock::Guard lock(lock_);
    node.type = nullptr;
    node.creator.store(nullptr, std::memory_order_release);
    arena_.release(std::exchange(node.storage, nullptr));
    sleepers = waiting_ ? room_ : nullptr;
    heard = observer_;
  }
  if (sleepers)
    sleepers->wake_all();
  if (heard)
    heard->failed(creation, type);
}

ISOLATION_NOINLINE inline bool
ObjectStore::leave_handle_to_creation() noexcept {
  {
    const ScopeLock::Guard lock(lock_);
    table_.for_each([&](const SlotNode &node) {
      if (node.creator.load(std::memory_order_relaxed))
        handle_left_ = true;
    });
    if (!handle_left_)
      return false;
  }
  lock_.share(); // what publish_as_owner() looks at
  return true;
}

inline void ObjectStore::insert(SlotNode &fresh) noexcept {
  table_.insert(fresh);
  if (table_.has_far_nodes())
    arena_.close_near(); // an empty head does not tell any more
}

inline SlotNode *ObjectStore::add_node(const SlotKey &key) {
  auto *node = ::new (arena_.allocate(sizeof(SlotNode), alignof(SlotNode)))
      SlotNode(key);
  insert(*node);
  return node;
}

/// Node and storage side by side, since they are used together.
inline SlotNode &ObjectStore::add_node_with_storage(const SlotKey &key,
                                                    const StoredType &type) {
  SlotNode *node;
  if (ISOLATION_LIKELY(type.alignment <= alignof(std::max_align_t))) {
    node =
        ::new (arena_.allocate(sizeof(SlotNode) + type.size, alignof(SlotNode)))
            SlotNode(key);
    node->storage = node + 1;
    insert(*node);
  } else {
    void *const storage = arena_.allocate(type.size, type.alignment);
    node = add_node(key);
    node->storage = storage;
  }
  return *node;
}

inline Generation ObjectStore::generation() {
  if (ended())
    raise_ended();
  GenerationCell *known = cell_.load(std::memory_order_acquire);
  if (!known) {
    GenerationCell &fresh = GenerationCells::take();
    if (cell_.compare_exchange_strong(known, &fresh, std::memory_order_acq_rel))
      known = &fresh;
    else
      GenerationCells::give_back(fresh);
  }
  return {known, known->number.load(std::memory_order_relaxed)};
}

inline const SlotNode &ObjectStore::node_of(const SlotKey &key) {
  if (const SlotNode *const node = table_.find(key))
    return *node;
  key.ensure_number();
  const ScopeLock::Guard lock(lock_);
  if (const SlotNode *const node = table_.find(key))
    return *node;
  return *add_node(key);
}

ISOLATION_NOINLINE inline bool
ObjectStore::chunks_contain(const void *memory) const noexcept {
  const ScopeLock::Guard lock(lock_);
  return arena_.in_chunks(memory);
}

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_OBJECT_STORE_CREATION_H
