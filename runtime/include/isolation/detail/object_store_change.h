// ObjectStore's changes: what set(), reset() and overrides do to a slot.
//
// Part of object_store.h, which includes it.

#ifndef ISOLATION_DETAIL_OBJECT_STORE_CHANGE_H
#define ISOLATION_DETAIL_OBJECT_STORE_CHANGE_H

#include <isolation/detail/object_store.h>
#include <isolation/error.h>

#include <utility>

namespace isolation::detail {

/// Runs `apply` on the slot's node, under the lock, when no creation is under
/// way there.
template <class Apply>
void ObjectStore::change(const SlotKey &key, std::string_view type,
                         Apply apply) {
  key.ensure_number();
  for (;;) {
    SlotNode *node;
    {
      const ScopeLock::Guard lock(lock_);
      if (ended_.load(std::memory_order_relaxed))
        break;
      node = table_.find(key);
      if (!node)
        node = add_node(key);
      if (!node->creator.load(std::memory_order_relaxed)) {
        apply(*node);
        return;
      }
    }
    wait_for_creator(*node, innermost_creation, type);
  }
  raise_ended();
}

inline ObjectStore::Detached ObjectStore::replace(const SlotKey &key,
                                                  void *storage,
                                                  const StoredType &type) {
  void *const object = type.object(storage);
  Detached old;
  change(key, type.slot_type, [&](SlotNode &node) {
    const bool overridden = is_overridden(node);
    old = detach(node);
    attach(node, storage, type);
    if (!overridden)
      node.visible.store(object, std::memory_order_release);
  });
  if (CreationObserver *const heard = observer())
    heard->put(type);
  return old;
}

inline ObjectStore::Detached ObjectStore::reset(const SlotKey &key,
                                                std::string_view type) {
  Detached old;
  if (!table_.find(key)) {
    if (ended())
      raise_ended();
    return old;
  }
  change(key, type, [&](SlotNode &node) {
    const bool overridden = is_overridden(node);
    old = detach(node);
    if (!overridden)
      node.visible.store(nullptr, std::memory_order_release);
  });
  return old;
}

inline void ObjectStore::dispose(Detached old) {
  struct Destroyed { // when its destructor throws, too
    ObjectStore &scope;
    const Detached &object;
    ~Destroyed() {
      if (CreationObserver *const heard = scope.observer())
        heard->destroyed(*object.type);
      scope.release(object.storage);
    }
  };
  if (!old.storage)
    return;
  const Destroyed afterwards{*this, old};
  const HiddenAmbient hidden(*this);
  old.type->destroy(old.storage);
}

inline ObjectStore::Detached ObjectStore::detach(SlotNode &node) noexcept {
  if (!node.type)
    return {};
  SlotNode **link = &newest_;
  while (*link != &node)
    link = &(*link)->older;
  const Detached taken{std::exchange(node.storage, nullptr),
                       std::exchange(node.type, nullptr), false};
  SharedObject *const shared = shared_in(node);
  if (!shared) {
    *link = node.older;
    return taken;
  }
  *link = &move_apart(*shared, taken, node.older);
  return {nullptr, nullptr, true};
}

inline void *ObjectStore::show_override(const SlotKey &key, void *replacement,
                                        std::string_view type) {
  void *before = nullptr;
  change(key, type, [&](SlotNode &node) {
    if (is_overridden(node))
      before = node.visible.load(std::memory_order_relaxed);
    node.visible.store(replacement, std::memory_order_release);
    had_override_ = true;
    lock_.share(); // see claim_as_owner()
  });
  return before;
}

inline bool ObjectStore::hide_override(const SlotKey &key,
                                       const void *replacement,
                                       void *before) noexcept {
  const ScopeLock::Guard lock(lock_);
  if (ended_.load(std::memory_order_relaxed))
    return true;
  SlotNode &node = *table_.find(key);
  if (node.visible.load(std::memory_order_relaxed) != replacement)
    return false;
  node.visible.store(before ? before : node.own_object(),
                     std::memory_order_release);
  return true;
}

inline void ObjectStore::observe(CreationObserver *observer) {
  struct Owned {
    CreationObserver *observer;
    ~Owned() { delete observer; }
  } owned{observer};
  {
    const ScopeLock::Guard lock(lock_);
    if (!ended_.load(std::memory_order_relaxed) && !observer_)
      observer_ = std::exchange(owned.observer, nullptr);
  }
  if (owned.observer && ended())
    raise_ended();
  if (owned.observer)
    raise(Error("the request has an observer already"));
  lock_.share();
}

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_OBJECT_STORE_CHANGE_H
