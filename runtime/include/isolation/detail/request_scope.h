// RequestScope: one request: its ids, its objects, and when both go.
//
// One heap block holds everything of an ordinary request:
//
//   | RequestScope (root node, slot heads, …) | ids | arena: nodes and objects
//   |
//
// Ownership: counted by the handles outside the request's own objects. When the
// last goes, or at end(), the objects are destroyed, newest first; the block
// itself goes with the last handle.
//
// Locking: `lock_` guards the arena, the list of objects and the nodes' plain
// members, for a few instructions at a time; factories, constructors and
// destructors of the user's run without it. Order: creation_waits(), then
// lock_; never two scopes' locks at once.
//
// Creating needs the lock twice: to claim the slot and to publish the object.
// Between the two the slot belongs to the claiming thread, and whoever else
// wants that slot waits (or learns that it would wait for ever).
//
// claim() and publish() are kept out of line: inlined into the accessor of
// every slot they would fill the instruction cache that they share.

#ifndef ISOLATION_DETAIL_REQUEST_SCOPE_H
#define ISOLATION_DETAIL_REQUEST_SCOPE_H

#include <isolation/creation_cycle_error.h>
#include <isolation/detail/arena.h>
#include <isolation/detail/context_node.h>
#include <isolation/detail/creation.h>
#include <isolation/detail/packed_ids.h>
#include <isolation/detail/slot_table.h>
#include <isolation/detail/spin_lock.h>
#include <isolation/detail/waiting_room.h>
#include <isolation/fault_handler.h>
#include <isolation/request_ended_error.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <mutex>
#include <new>
#include <string>
#include <utility>

namespace isolation::detail {

class RequestScope {
public:
  /// An object taken out of its slot, still to be destroyed.
  struct Detached {
    void *storage = nullptr;
    const StorageOps *ops = nullptr;
  };

  /// The caller owns one handle count.
  static RequestScope &begin(const IdViews &ids) {
    const std::size_t id_bytes = PackedIds::bytes_for(ids);
    const std::size_t size = sizeof(RequestScope) + id_bytes + arena_bytes;
    return *::new (::operator new(size)) RequestScope(ids, id_bytes, size);
  }

  RequestScope(const RequestScope &) = delete;
  RequestScope &operator=(const RequestScope &) = delete;

  [[nodiscard]] ContextNode &root() noexcept { return root_; }
  [[nodiscard]] const PackedIds &ids() const noexcept { return ids_; }
  [[nodiscard]] bool ended() const noexcept {
    return ended_.load(std::memory_order_acquire);
  }

  // Handles. ---------------------------------------------------------------

  /// Whether `handle` is part of one of this request's own objects.
  [[nodiscard]] bool contains(const void *handle) const noexcept {
    if (arena_.in_first_region(handle))
      return true;
    return !ISOLATION_LIKELY(!arena_.has_chunks()) && chunks_contain(handle);
  }

  void add_handle() noexcept {
    handles_.fetch_add(1, std::memory_order_relaxed);
  }

  void remove_handle() noexcept {
    // A count of one is ours alone: nobody can add to it, so no need to write.
    if (handles_.load(std::memory_order_acquire) != 1) {
      if (handles_.fetch_sub(1, std::memory_order_acq_rel) != 1)
        return;
      handles_.store(1, std::memory_order_relaxed);
    }
    last_handle_gone();
  }

  // Objects. ---------------------------------------------------------------

  [[nodiscard]] void *find(const SlotKey &key) const noexcept {
    const SlotNode *node = table_.find(key);
    return node ? node->visible.load(std::memory_order_acquire) : nullptr;
  }

  struct Claim {
    void *existing; // null when the slot is now the caller's to fill
    SlotNode *node;
    void *storage;
  };

  /// Gives the slot to `creation`, or finds its object, waiting for it if need
  /// be. Raises RequestEndedError, CreationCycleError.
  ISOLATION_NOINLINE Claim claim(const SlotKey &key, Creation &creation,
                                 std::size_t size, std::size_t alignment) {
    key.ensure_number();
    for (;;) {
      SlotNode *node;
      {
        const std::lock_guard<SpinLock> lock(lock_);
        if (ended_.load(std::memory_order_relaxed))
          break;
        node = table_.find(key);
        if (!node) {
          void *storage = nullptr;
          node = add_node_with_storage(key, size, alignment, storage);
          node->creator.store(&creation, std::memory_order_relaxed);
          return {nullptr, node, storage};
        }
        if (void *object = node->visible.load(std::memory_order_relaxed))
          return {object, node, nullptr};
        if (!node->creator.load(std::memory_order_relaxed)) {
          void *storage = arena_.allocate_single(size, alignment);
          node->creator.store(&creation, std::memory_order_relaxed);
          return {nullptr, node, storage};
        }
      }
      wait_for_creator(*node, creation.outer, creation.type_name);
    }
    raise_ended();
  }

  /// Shows the object that was built in a claimed slot's storage. Returns what
  /// the slot shows now, null when the request ended meanwhile (the storage is
  /// then still the caller's to clean up).
  ISOLATION_NOINLINE void *publish(SlotNode &node, void *storage, void *object,
                                   const StorageOps &ops) {
    void *shown = nullptr;
    WaitingRoom *sleepers;
    {
      const std::lock_guard<SpinLock> lock(lock_);
      if (!ended_.load(std::memory_order_relaxed)) {
        attach(node, storage, ops);
        shown = node.visible.load(std::memory_order_relaxed);
        if (!shown) {
          node.visible.store(object, std::memory_order_release);
          shown = object;
        }
      }
      node.creator.store(nullptr, std::memory_order_release);
      sleepers = waiting_ ? room_ : nullptr;
    }
    if (sleepers)
      sleepers->wake_all();
    return shown;
  }

  /// Gives a claimed slot back empty.
  ISOLATION_NOINLINE void abandon(SlotNode &node, void *storage) noexcept {
    WaitingRoom *sleepers;
    {
      const std::lock_guard<SpinLock> lock(lock_);
      node.creator.store(nullptr, std::memory_order_release);
      arena_.release(storage);
      sleepers = waiting_ ? room_ : nullptr;
    }
    if (sleepers)
      sleepers->wake_all();
  }

  /// Memory for an object that comes to replace another one.
  void *allocate_single(std::size_t size, std::size_t alignment) {
    const std::lock_guard<SpinLock> lock(lock_);
    return arena_.allocate_single(size, alignment);
  }

  void release(void *storage) noexcept {
    const std::lock_guard<SpinLock> lock(lock_);
    arena_.release(storage);
  }

  /// Puts a finished object into the slot, whatever was there. Raises
  /// RequestEndedError and CreationCycleError; the storage is then still the
  /// caller's.
  Detached replace(const SlotKey &key, void *storage, const StorageOps &ops,
                   std::string_view type) {
    void *const object = ops.object(storage);
    Detached old;
    change(key, type, [&](SlotNode &node) {
      const bool overridden = is_overridden(node);
      old = detach(node);
      attach(node, storage, ops);
      if (!overridden)
        node.visible.store(object, std::memory_order_release);
    });
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
      RequestScope &scope;
      void *storage;
      ~Release() { scope.release(storage); }
    };
    if (!old.storage)
      return;
    const Release release{*this, old.storage};
    old.ops->destroy(old.storage);
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
    });
    return before;
  }

  /// Undoes show_override(). False when another override lies on top.
  bool hide_override(const SlotKey &key, const void *replacement,
                     void *before) noexcept {
    const std::lock_guard<SpinLock> lock(lock_);
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
      const std::lock_guard<SpinLock> lock(lock_);
      if (ended_.load(std::memory_order_relaxed))
        return;
      ended_.store(true, std::memory_order_release);
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

private:
  // 4 KB of objects in pieces of 64 bytes, and a node for each. The last bytes
  // are for rounding.
  static constexpr std::size_t arena_bytes =
      4096 + 64 * sizeof(SlotNode) + 2 * alignof(std::max_align_t);
  static_assert(sizeof(SlotNode) % alignof(std::max_align_t) == 0,
                "storage that follows a node is aligned");

  RequestScope(const IdViews &ids, std::size_t id_bytes,
               std::size_t size) noexcept
      : root_(*this), ids_(ids, reinterpret_cast<char *>(this + 1)),
        arena_(this, reinterpret_cast<char *>(this + 1) + id_bytes,
               reinterpret_cast<char *>(this) + size) {}

  ~RequestScope() {
    if (room_)
      room_->~WaitingRoom();
  }

  ISOLATION_NOINLINE bool chunks_contain(const void *handle) const noexcept {
    const std::lock_guard<SpinLock> lock(lock_);
    return arena_.in_chunks(handle);
  }

  ISOLATION_NOINLINE void last_handle_gone() noexcept {
    // The count stays at one meanwhile: destructors may copy their context, and
    // such a copy may even outlive this function.
    if (!ended_.load(std::memory_order_relaxed)) {
      ended_.store(true, std::memory_order_release);
      if (destroy_objects())
        report_fault("a destructor threw while the last handle of its request "
                     "went; the other objects were destroyed all the same");
    }
    if (handles_.load(std::memory_order_acquire) != 1 &&
        handles_.fetch_sub(1, std::memory_order_acq_rel) != 1)
      return;
    this->~RequestScope();
    ::operator delete(this);
  }

  /// Without the lock: once `ended_` is set nobody else touches the list.
  std::exception_ptr destroy_objects() noexcept {
    std::exception_ptr first_failure;
    while (SlotNode *node = newest_) {
      newest_ = node->older;
      // Gone for others before it is gone: a destructor that asks for an object
      // created after its own must not get a destroyed one.
      node->visible.store(nullptr, std::memory_order_release);
      void *const storage = std::exchange(node->storage, nullptr);
#if ISOLATION_EXCEPTIONS
      try {
        node->ops->destroy(storage);
      } catch (...) {
        if (!first_failure)
          first_failure = std::current_exception();
      }
#else
      node->ops->destroy(storage);
#endif
    }
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

  /// Node and storage side by side, since they are used together.
  SlotNode *add_node_with_storage(const SlotKey &key, std::size_t size,
                                  std::size_t alignment, void *&storage) {
    if (!ISOLATION_LIKELY(alignment <= alignof(std::max_align_t))) {
      storage = arena_.allocate(size, alignment);
      return add_node(key);
    }
    auto *node =
        ::new (arena_.allocate(sizeof(SlotNode) + size, alignof(SlotNode)))
            SlotNode(key);
    storage = node + 1;
    table_.insert(*node);
    return node;
  }

  void attach(SlotNode &node, void *storage, const StorageOps &ops) noexcept {
    node.storage = storage;
    node.ops = &ops;
    node.older = newest_;
    newest_ = &node;
  }

  Detached detach(SlotNode &node) noexcept {
    if (!node.storage)
      return {};
    SlotNode **link = &newest_;
    while (*link != &node)
      link = &(*link)->older;
    *link = node.older;
    return {std::exchange(node.storage, nullptr), node.ops};
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
        const std::lock_guard<SpinLock> lock(lock_);
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

  /// Returns when `node` is no longer being created. `mine` is the calling
  /// thread's innermost creation. Raises CreationCycleError when that would
  /// never happen, because the creator waits for the calling thread.
  ISOLATION_NOINLINE void wait_for_creator(SlotNode &node, Creation *mine,
                                           std::string_view type) {
    WaitingRoom *room;
    if (mine) {
      const std::lock_guard<std::mutex> waits(creation_waits());
      refuse_cycle(node, *mine, type);
      room = enter_room(node);
      if (!room)
        return;
      mine->outermost->awaited = {this, &node, mine};
    } else { // nobody can be waiting for this thread
      room = enter_room(node);
      if (!room)
        return;
    }
    room->wait([&] {
      return node.creator.load(std::memory_order_acquire) == nullptr;
    });
    if (mine) {
      const std::lock_guard<std::mutex> waits(creation_waits());
      mine->outermost->awaited = {};
    }
    const std::lock_guard<SpinLock> lock(lock_);
    --waiting_;
  }

  /// Null when there is nothing to wait for any more.
  WaitingRoom *enter_room(const SlotNode &node) {
    const std::lock_guard<SpinLock> lock(lock_);
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
  void refuse_cycle(const SlotNode &wanted, const Creation &mine,
                    std::string_view type) const {
    std::string others; // what other threads create, in waiting order
    const RequestScope *scope = this;
    const SlotNode *node = &wanted;
    for (;;) {
      const Creation *creator;
      Creation::Awaited next;
      {
        const std::lock_guard<SpinLock> lock(scope->lock_);
        creator = node->creator.load(std::memory_order_relaxed);
        if (!creator)
          return;
        if (creator->outermost == mine.outermost)
          break;
        next = creator->outermost->awaited;
      }
      if (!next.node)
        return;
      append_chain(others, *creator, next.innermost);
      scope = next.scope;
      node = next.node;
    }
    raise_cycle(*node, mine, others, type);
  }

  [[noreturn]] static void raise_cycle(const SlotNode &own_node,
                                       const Creation &mine,
                                       const std::string &others,
                                       std::string_view type) {
    // Told from this thread's creation that the others wait for; it is this
    // thread's, so it stays what it is.
    const Creation *first = own_node.creator.load(std::memory_order_relaxed);
    std::string chain;
    append_chain(chain, *first, &mine);
    chain += others;
    chain += others.empty() ? type : first->type_name;
    raise(CreationCycleError(std::move(chain)));
  }

  SlotTable table_;
  std::atomic<std::uint32_t> handles_{1};
  mutable SpinLock lock_;
  std::atomic<bool> ended_{false};
  bool had_override_ = false;   // guarded by lock_ until the end
  std::uint32_t waiting_ = 0;   // guarded by lock_
  WaitingRoom *room_ = nullptr; // guarded by lock_ until set
  SlotNode *newest_ = nullptr;  // guarded by lock_ until the end
  ContextNode root_;
  PackedIds ids_;
  Arena arena_;
};

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_REQUEST_SCOPE_H
