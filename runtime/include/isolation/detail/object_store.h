// ObjectStore: the objects of one scope (a request, say), by slot.
//
// Locking: `lock_` guards the arena, the list of objects and the nodes' plain
// members, for a few instructions at a time; factories, constructors and
// destructors of the user's run without it. Order: creation_waits(), then
// lock_; never two scopes' locks at once.
//
// Creating needs the lock twice: to claim the slot and to publish the object.
// Between the two the slot belongs to the claiming thread, and whoever else
// wants that slot waits (or learns that it would wait for ever), see
// object_store_waiting.h.
//
// claim() and publish() are kept out of line: inlined into the accessor of
// every slot they would fill the instruction cache that they share.
//
// Ownership: owns the objects, and the arena's memory. Lifetime: end() comes
// before the destructor; when it is, is the derived scope's to say.
// Thread-safety: every member function, from any thread, until the destructor.

#ifndef ISOLATION_DETAIL_OBJECT_STORE_H
#define ISOLATION_DETAIL_OBJECT_STORE_H

#include <isolation/detail/arena.h>
#include <isolation/detail/creation.h>
#include <isolation/detail/creation_observer.h>
#include <isolation/detail/generation.h>
#include <isolation/detail/scope_lock.h>
#include <isolation/detail/slot_table.h>
#include <isolation/detail/waiting_room.h>
#include <isolation/error.h>
#include <isolation/fault_handler.h>
#include <isolation/request_ended_error.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <utility>

namespace isolation::detail {

class ObjectStore {
public:
  /// An object taken out of its slot, still to be destroyed.
  struct Detached {
    void *storage = nullptr;
    const StoredType *type = nullptr;
  };

  ObjectStore(const ObjectStore &) = delete;
  ObjectStore &operator=(const ObjectStore &) = delete;

  [[nodiscard]] bool ended() const noexcept {
    return ended_.load(std::memory_order_acquire);
  }

  /// Whether `memory` is part of one of this scope's own objects.
  [[nodiscard]] bool contains(const void *memory) const noexcept {
    if (arena_.in_first_region(memory))
      return true;
    return !ISOLATION_LIKELY(!arena_.has_chunks()) && chunks_contain(memory);
  }

  /// Another thread is likely to use this scope from now on.
  void share() noexcept { lock_.share(); }

  /// For handles that may outlive the scope. Raises RequestEndedError.
  Generation generation() {
    if (ended())
      raise_ended();
    GenerationCell *known = cell_.load(std::memory_order_acquire);
    if (!known) {
      GenerationCell &fresh = GenerationCells::take();
      if (cell_.compare_exchange_strong(known, &fresh,
                                        std::memory_order_acq_rel))
        known = &fresh;
      else
        GenerationCells::give_back(fresh);
    }
    return {known, known->number.load(std::memory_order_relaxed)};
  }

  /// The slot's node, whatever it shows. Raises RequestEndedError.
  const SlotNode &node_of(const SlotKey &key) {
    if (const SlotNode *const node = table_.find(key))
      return *node;
    key.ensure_number();
    const ScopeLock::Guard lock(lock_);
    if (const SlotNode *const node = table_.find(key))
      return *node;
    return *add_node(key);
  }

  /// Lets `observer` hear of what happens from now on. Such a scope's lock has
  /// no owner: what only an owner runs knows of no observer, and so costs
  /// nothing where there is none. Raises Error for a second one,
  /// RequestEndedError.
  void observe(std::unique_ptr<CreationObserver> observer) {
    {
      const ScopeLock::Guard lock(lock_);
      if (!ended_.load(std::memory_order_relaxed) && !observer_)
        observer_ = std::move(observer);
    }
    if (observer && ended())
      raise_ended();
    if (observer)
      raise(Error("the request has an observer already"));
    lock_.share();
  }

  [[nodiscard]] void *find(const SlotKey &key) const noexcept {
    return table_.visible(key);
  }

  /// Gives the slot to `creation` and returns null, or finds its object,
  /// waiting for it if need be. Raises RequestEndedError, CreationCycleError.
  ISOLATION_NOINLINE void *claim(const SlotKey &key, Creation &creation) {
    if (ISOLATION_LIKELY(lock_.enter_as_owner())) {
      SlotNode *const node = add_first_node(key, creation.type);
      if (ISOLATION_LIKELY(node != nullptr)) {
        node->creator.store(&creation, std::memory_order_relaxed);
        creation.begin(*node);
      }
      lock_.leave_as_owner();
      if (ISOLATION_LIKELY(node != nullptr))
        return nullptr;
    }
    return claim_among_others(key, creation);
  }

  /// Shows the object that was built in a claimed slot's storage. Returns what
  /// the slot shows now. If the request ended meanwhile, destroys the object
  /// and raises RequestEndedError.
  ISOLATION_NOINLINE void *publish(Creation &creation, void *object) {
    if (ISOLATION_LIKELY(lock_.enter_as_owner())) {
      // With an owner, the scope has not ended, nobody waits, and the slot is
      // not overridden.
      SlotNode &node = *creation.node;
      attach(node, node.storage, creation.type);
      node.visible.store(object, std::memory_order_release);
      node.creator.store(nullptr, std::memory_order_release);
      creation.finish();
      lock_.leave_as_owner();
      return object;
    }
    return publish_among_others(creation, object);
  }

  /// Gives a claimed slot back empty.
  ISOLATION_NOINLINE void abandon(Creation &creation) noexcept {
    SlotNode &node = *creation.node;
    creation.finish();
    WaitingRoom *sleepers;
    {
      const ScopeLock::Guard lock(lock_);
      node.creator.store(nullptr, std::memory_order_release);
      arena_.release(std::exchange(node.storage, nullptr));
      sleepers = waiting_ ? room_ : nullptr;
    }
    if (sleepers)
      sleepers->wake_all();
    if (CreationObserver *const heard = observer())
      heard->failed(creation);
  }

  /// Memory for an object that comes to replace another one.
  void *allocate_single(std::size_t size, std::size_t alignment) {
    const ScopeLock::Guard lock(lock_);
    return arena_.allocate_single(size, alignment);
  }

  void release(void *storage) noexcept {
    const ScopeLock::Guard lock(lock_);
    arena_.release(storage);
  }

  /// Puts a finished object into the slot, whatever was there. Raises
  /// RequestEndedError and CreationCycleError; the storage is then still the
  /// caller's.
  Detached replace(const SlotKey &key, void *storage, const StoredType &type) {
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

  Detached reset(const SlotKey &key, std::string_view type) {
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

  /// Destroys what replace() or reset() took out.
  void dispose(Detached old) {
    struct Release {
      ObjectStore &scope;
      void *storage;
      ~Release() { scope.release(storage); }
    };
    if (!old.storage)
      return;
    const Release release{*this, old.storage};
    old.type->destroy(old.storage);
    if (CreationObserver *const heard = observer())
      heard->destroyed(*old.type);
  }

  /// Shows `replacement` in place of the slot's own object. Returns what the
  /// slot showed until now, null if that was its own object or nothing.
  void *show_override(const SlotKey &key, void *replacement,
                      std::string_view type) {
    void *before = nullptr;
    change(key, type, [&](SlotNode &node) {
      if (is_overridden(node))
        before = node.visible.load(std::memory_order_relaxed);
      node.visible.store(replacement, std::memory_order_release);
      had_override_ = true;
      lock_.share(); // see publish()
    });
    return before;
  }

  /// Undoes show_override(). False when another override lies on top.
  bool hide_override(const SlotKey &key, const void *replacement,
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

  /// Destroys all objects, newest first. Only the first call does anything. If
  /// destructors threw, the first exception leaves after all have run.
  void end() {
    {
      const ScopeLock::Guard lock(lock_);
      if (ended_.load(std::memory_order_relaxed))
        return;
      ended_.store(true, std::memory_order_release);
      lock_.share(); // see publish()
    }
    const std::exception_ptr failure = destroy_objects();
#if ISOLATION_EXCEPTIONS
    if (failure)
      std::rethrow_exception(failure);
#endif
  }

  [[noreturn]] static void raise_ended() {
    raise(RequestEndedError("the request has ended"));
  }

protected:
  /// `begin` to `end` is the block that holds the scope, this object included;
  /// objects are put behind `free`.
  ObjectStore(ScopeLock::Start start, void *begin, void *free,
              void *end) noexcept
      : lock_(start), arena_(begin, free, end) {}

  ~ObjectStore() {
    if (room_)
      room_->~WaitingRoom();
    if (GenerationCell *const cell = cell_.load(std::memory_order_acquire))
      GenerationCells::give_back(*cell);
  }

  /// end() for when nobody is left who could ask or be thrown to.
  void end_unobserved() noexcept {
    if (ended_.load(std::memory_order_relaxed))
      return;
    ended_.store(true, std::memory_order_release);
    lock_.disown();
    if (destroy_objects())
      report_fault("a destructor threw while the last handle of its request "
                   "went; the other objects were destroyed all the same");
  }

private:
  ISOLATION_NOINLINE void *claim_among_others(const SlotKey &key,
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
            node = &add_node_with_storage(key, creation.type);
          else
            node->storage = arena_.allocate_single(creation.type.size,
                                                   creation.type.alignment);
          node->creator.store(&creation, std::memory_order_relaxed);
          creation.begin(*node);
          if (observer_)
            observer_->started(creation);
          return nullptr;
        }
      }
      wait_for_creator(*node, innermost_creation, creation.type.slot_type);
    }
    raise_ended();
  }

  ISOLATION_NOINLINE void *publish_among_others(Creation &creation,
                                                void *object) {
    SlotNode &node = *creation.node;
    creation.finish();
    bool attached = false;
    WaitingRoom *sleepers;
    {
      const ScopeLock::Guard lock(lock_);
      if (!ended_.load(std::memory_order_relaxed)) {
        attach(node, node.storage, creation.type);
        if (void *other = node.visible.load(std::memory_order_relaxed))
          object = other;
        else
          node.visible.store(object, std::memory_order_release);
        attached = true;
      }
      node.creator.store(nullptr, std::memory_order_release);
      sleepers = waiting_ ? room_ : nullptr;
    }
    if (sleepers)
      sleepers->wake_all();
    CreationObserver *const heard = observer();
    if (attached) {
      if (heard)
        heard->created(creation);
      return object;
    }
    if (heard)
      heard->failed(creation);
    creation.type.destroy(std::exchange(node.storage, nullptr));
    raise_ended();
  }

  /// May be called after the scope ended: it owns the observer to the last.
  [[nodiscard]] CreationObserver *observer() const noexcept {
    const ScopeLock::Guard lock(lock_);
    return observer_.get();
  }

  ISOLATION_NOINLINE bool chunks_contain(const void *memory) const noexcept {
    const ScopeLock::Guard lock(lock_);
    return arena_.in_chunks(memory);
  }

  /// Without the lock: once `ended_` is set nobody else touches the list.
  std::exception_ptr destroy_objects() noexcept {
    CreationObserver *const heard = observer_.get(); // set before ended_
    std::exception_ptr first_failure;
    while (SlotNode *node = newest_) {
      newest_ = node->older;
      // Gone for others before it is gone: a destructor that asks for an object
      // created after its own must not get a destroyed one.
      node->visible.store(nullptr, std::memory_order_release);
      void *const storage = std::exchange(node->storage, nullptr);
      const StoredType &type = *std::exchange(node->type, nullptr);
#if ISOLATION_EXCEPTIONS
      try {
        type.destroy(storage);
      } catch (...) {
        if (!first_failure)
          first_failure = std::current_exception();
      }
#else
      type.destroy(storage);
#endif
      if (!ISOLATION_LIKELY(heard == nullptr))
        heard->destroyed(type);
    }
    if (!ISOLATION_LIKELY(heard == nullptr))
      heard->ended();
    if (had_override_)
      table_.for_each([](SlotNode &node) {
        node.visible.store(nullptr, std::memory_order_release);
      });
    return first_failure;
  }

  // All below: the caller holds lock_. ---------------------------------------

  SlotNode *add_node(const SlotKey &key) {
    auto *node = ::new (arena_.allocate(sizeof(SlotNode), alignof(SlotNode)))
        SlotNode(key);
    table_.insert(*node);
    return node;
  }

  /// The usual case of add_node_with_storage(): the slot is new, its head is
  /// free, and there is room. Null when it is not so usual.
  SlotNode *add_first_node(const SlotKey &key,
                           const StoredType &type) noexcept {
    const std::uint32_t number = key.number();
    if (!table_.has_room_for_first(number))
      return nullptr;
    void *const memory = arena_.allocate_here(type.size_with_node);
    if (!memory)
      return nullptr;
    auto *const node = ::new (memory) SlotNode(key);
    node->storage = node + 1;
    table_.insert_first(number, *node);
    return node;
  }

  /// Node and storage side by side, since they are used together.
  SlotNode &add_node_with_storage(const SlotKey &key, const StoredType &type) {
    SlotNode *node;
    if (ISOLATION_LIKELY(type.alignment <= alignof(std::max_align_t))) {
      node = ::new (arena_.allocate(sizeof(SlotNode) + type.size,
                                    alignof(SlotNode))) SlotNode(key);
      node->storage = node + 1;
      table_.insert(*node);
    } else {
      void *const storage = arena_.allocate(type.size, type.alignment);
      node = add_node(key);
      node->storage = storage;
    }
    return *node;
  }

  void attach(SlotNode &node, void *storage, const StoredType &type) noexcept {
    node.storage = storage;
    node.type = &type;
    node.older = newest_;
    newest_ = &node;
  }

  Detached detach(SlotNode &node) noexcept {
    if (!node.type)
      return {};
    SlotNode **link = &newest_;
    while (*link != &node)
      link = &(*link)->older;
    *link = node.older;
    return {std::exchange(node.storage, nullptr),
            std::exchange(node.type, nullptr)};
  }

  static bool is_overridden(const SlotNode &node) {
    return node.visible.load(std::memory_order_relaxed) != node.own_object();
  }

  // These take the lock themselves. -------------------------------------------

  /// Runs `apply` on the slot's node, under the lock, when no creation is
  /// under way there.
  template <class Apply>
  void change(const SlotKey &key, std::string_view type, Apply apply) {
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

  void wait_for_creator(SlotNode &node, Creation *mine, std::string_view type);
  WaitingRoom *enter_room(const SlotNode &node);
  void refuse_cycle(const SlotNode &wanted, Creation &mine,
                    std::string_view type) const;
  [[noreturn]] static void raise_cycle(const SlotNode &own_node, Creation &mine,
                                       const std::string &others,
                                       std::string_view type);

  SlotTable table_; // first: what a lookup reads is at the scope's address
  mutable ScopeLock lock_;
  std::atomic<bool> ended_{false};
  bool had_override_ = false;   // guarded by lock_ until the end
  std::uint32_t waiting_ = 0;   // guarded by lock_
  WaitingRoom *room_ = nullptr; // guarded by lock_ until set
  SlotNode *newest_ = nullptr;  // guarded by lock_ until the end
  std::atomic<GenerationCell *> cell_{nullptr};
  // Guarded by lock_; set once, and owned to the last.
  std::unique_ptr<CreationObserver> observer_;
  Arena arena_;
};

} // namespace isolation::detail

#include <isolation/detail/object_store_waiting.h>

#endif // ISOLATION_DETAIL_OBJECT_STORE_H
