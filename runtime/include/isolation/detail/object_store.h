// ObjectStore: the objects of one scope (a request, say), by slot.
//
// Locking: `lock_` guards the arena, the list of objects and the nodes' plain
// members, for a few instructions at a time; factories, constructors and
// destructors of the user's run without it. Order: creation_waits(), then
// lock_; never two scopes' locks at once.
//
// Creating needs the lock twice: to claim the slot and to publish the object.
// Between the two the slot belongs to the claiming thread, and whoever else
// wants that slot waits (or learns that it would wait for ever). Claiming and
// publishing are there twice: claim() and publish() hold in every state, in
// object_store_creation.h; claim_as_owner() and publish_as_owner() below are
// the shortcut of the one thread that has the scope to itself, which is the
// usual case and has to be cheap. See make_object.h for what puts them
// together.
//
// The other parts of this class: object_store_change.h (set, reset, overrides),
// object_store_end.h, object_store_sharing.h, object_store_waiting.h.
//
// Ownership: owns the objects, and the arena's memory. Lifetime: its end comes
// before the destructor; when it is, is the derived scope's to say.
// Thread-safety: every member function, from any thread, until the destructor.

#ifndef ISOLATION_DETAIL_OBJECT_STORE_H
#define ISOLATION_DETAIL_OBJECT_STORE_H

#include <isolation/detail/arena.h>
#include <isolation/detail/context_forward.h>
#include <isolation/detail/creation.h>
#include <isolation/detail/creation_observer.h>
#include <isolation/detail/generation.h>
#include <isolation/detail/hidden_ambient.h>
#include <isolation/detail/scope_lock.h>
#include <isolation/detail/slot_table.h>
#include <isolation/detail/waiting_room.h>
#include <isolation/fault_handler.h>
#include <isolation/request_ended_error.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <utility>

namespace isolation::detail {

struct SharedObject;

class ObjectStore {
public:
  /// An object taken out of its slot, still to be destroyed.
  struct Detached {
    void *storage = nullptr; // null when there is nothing to destroy
    const StoredType *type = nullptr;
    bool kept_apart = false; // there was one, which pointers still keep
  };
  struct Sharing {
    void *object;         // null when there is none
    SharedObject *shared; // null when nothing has to be kept
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
    return !ISOLATION_LIKELY(!arena_.may_be_in_chunks(memory)) &&
           chunks_contain(memory);
  }

  /// Another thread is likely to use this scope from now on.
  void share() noexcept { lock_.share(); }

  /// From now on no creation takes the shortcut, which knows of no observer and
  /// of no replaced factory, and so costs nothing where there is none.
  void create_at_length() noexcept {
    {
      const ScopeLock::Guard no_owner_but_this_thread(lock_);
    }
    lock_.share();
  }

  /// For handles that may outlive the scope. Raises RequestEndedError.
  Generation generation();

  /// The slot's node, whatever it shows. Raises RequestEndedError.
  const SlotNode &node_of(const SlotKey &key);

  /// Lets `observer`, from new, hear of what happens from now on; owns it.
  /// Raises Error for a second one, RequestEndedError.
  void observe(CreationObserver *observer);

  /// What the slot shows, null when nothing.
  [[nodiscard]] void *find(const SlotKey &key) const noexcept {
    return table_.visible(key);
  }
  /// Where to look for it at first.
  [[nodiscard]] const SlotTable &slots() const noexcept { return table_; }

  // Creating. -----------------------------------------------------------------

  /// Gives the slot to `creation`, or does nothing and returns false: then
  /// claim() has to be called. Where it succeeds, the scope has not ended,
  /// nobody waits, nobody observes, no factory is replaced and the slot is not
  /// overridden.
  [[nodiscard]] bool claim_as_owner(const SlotKey &key, const StoredType &type,
                                    Creation &creation) noexcept {
    if (!ISOLATION_LIKELY(lock_.enter_as_owner()))
      return false;
    const bool claimed = ISOLATION_LIKELY(
        replaced_factories_.load(std::memory_order_acquire) == 0 &&
        add_claimed_node(key, type, creation));
    lock_.leave_as_owner();
    return claimed;
  }

  /// Shows the object that was built in storage of a slot that was claimed in
  /// this way, or does nothing and returns false: then publish() has to be
  /// called.
  [[nodiscard]] bool publish_as_owner(Creation &creation,
                                      void *object) noexcept {
    if (!ISOLATION_LIKELY(lock_.enter_as_owner_again()))
      return false;
    SlotNode &node = *creation.node;
    push_newest(node);
    node.visible.store(object, std::memory_order_release);
    node.creator.store(nullptr, std::memory_order_release);
    creation.finish();
    lock_.leave_as_owner();
    return true;
  }

  /// Gives the slot to `creation` and returns null, or finds its object,
  /// waiting for it if need be. Raises RequestEndedError, CreationCycleError.
  void *claim(const SlotKey &key, const StoredType &type, Creation &creation);

  /// Shows the object that was built in a claimed slot's storage. Returns what
  /// the slot shows now. If the request ended meanwhile, destroys the object
  /// and raises RequestEndedError.
  void *publish(Creation &creation, void *object);

  /// Gives a claimed slot back empty.
  void abandon(Creation &creation) noexcept;

  /// Whether a creation that claim_as_owner() began was left the last handle,
  /// see leave_handle_to_creation(); from now on the caller has it.
  [[nodiscard]] bool take_left_handle() noexcept {
    const ScopeLock::Guard lock(lock_);
    return std::exchange(handle_left_, false);
  }

  // Changing. -----------------------------------------------------------------

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
  Detached replace(const SlotKey &key, void *storage, const StoredType &type);
  Detached reset(const SlotKey &key, std::string_view type);

  /// Destroys what replace() or reset() took out.
  void dispose(Detached old);

  /// What the slot shows, with one pointer more that keeps it until unshare(),
  /// which hands the object over if nothing else does. The end destroys it all
  /// the same.
  [[nodiscard]] Sharing share_object(const SlotKey &key);
  [[nodiscard]] Detached unshare(SharedObject &shared) noexcept;
  /// As dispose(), where nobody can be thrown to.
  void dispose_unobserved(Detached old) noexcept;

  /// Shows `replacement` in place of the slot's own object. Returns what the
  /// slot showed until now, null if that was its own object or nothing.
  void *show_override(const SlotKey &key, void *replacement,
                      std::string_view type);

  /// Undoes show_override(). False when another override lies on top.
  bool hide_override(const SlotKey &key, const void *replacement,
                     void *before) noexcept;

  [[noreturn]] static void raise_ended() {
    raise(RequestEndedError("the request has ended"));
  }

protected:
  /// `begin` to `end` is the block that holds the scope, this object included;
  /// objects are put behind `free`. While `replaced_factories`, which outlives
  /// this object, is not zero, creations do not take the shortcut.
  ObjectStore(ScopeLock::Start start, void *begin, void *free, void *end,
              const std::atomic<unsigned> &replaced_factories) noexcept
      : lock_(start), replaced_factories_(replaced_factories),
        arena_(begin, free, end) {}

  ~ObjectStore() {
    if (!ISOLATION_LIKELY(room_ == nullptr))
      room_->~WaitingRoom();
    if (GenerationCell *const cell = cell_.load(std::memory_order_acquire))
      GenerationCells::give_back(*cell);
    if (!ISOLATION_LIKELY(observer_ == nullptr))
      delete observer_;
  }

  /// From the first call on, which says so, nothing is created any more; who
  /// made it goes on to finish_end().
  [[nodiscard]] bool begin_end() noexcept;

  /// Destroys all objects, newest first. If destructors threw, the first
  /// exception leaves after all have run.
  void finish_end();

  /// What Scoped says then, where the memory stays. Part of begin_end().
  void tell_handles() noexcept;

  /// Both, for when nobody is left who could create or be thrown to. Lookups
  /// may still come.
  void end_unobserved() noexcept;

  /// Whether there may be a creation that claim_as_owner() began, on any
  /// thread. To be asked by who has the last handle.
  [[nodiscard]] bool may_be_creating() const noexcept {
    return lock_.owner_may_be_creating();
  }
  /// If there is one: makes it call publish() or abandon(), and then
  /// take_left_handle(). Says whether there is one.
  [[nodiscard]] bool leave_handle_to_creation() noexcept;

private:
  bool chunks_contain(const void *memory) const noexcept;

  /// May be called after the scope ended: it owns the observer to the last.
  [[nodiscard]] CreationObserver *observer() const noexcept {
    const ScopeLock::Guard lock(lock_);
    return observer_;
  }

  std::exception_ptr destroy_objects() noexcept;

  // All below: the caller holds lock_. ---------------------------------------

  /// Claims a slot that is new, if there is room for it near its head.
  bool add_claimed_node(const SlotKey &key, const StoredType &type,
                        Creation &creation) noexcept {
    const std::uint32_t number = key.number();
    if (!ISOLATION_LIKELY(table_.has_room_for_first(number)) ||
        !ISOLATION_LIKELY(arena_.has_room_near(type.size_with_node)))
      return false;
    auto *const node = ::new (arena_.allocate_near(type.size_with_node))
        SlotNode(key, type, creation);
    table_.insert_first(number, *node);
    creation.begin(*node);
    return true;
  }

  void insert(SlotNode &fresh) noexcept;
  SlotNode *add_node(const SlotKey &key);
  SlotNode &add_node_with_storage(const SlotKey &key, const StoredType &type);

  void push_newest(SlotNode &node) noexcept {
    node.older = newest_;
    newest_ = &node;
  }
  void attach(SlotNode &node, void *storage, const StoredType &type) noexcept {
    node.storage = storage;
    node.type = &type;
    push_newest(node);
  }
  Detached detach(SlotNode &node) noexcept;
  SharedObject *shared_in(const SlotNode &node) noexcept;
  static SlotNode &move_apart(SharedObject &shared, const Detached &object,
                              SlotNode *older) noexcept;

  static bool is_overridden(const SlotNode &node) {
    return node.visible.load(std::memory_order_relaxed) != node.own_object();
  }

  // These take the lock themselves. -------------------------------------------

  template <class Apply>
  void change(const SlotKey &key, std::string_view type, Apply apply);

  void wait_for_creator(SlotNode &node, Creation *mine, std::string_view type);
  WaitingRoom *enter_room(const SlotNode &node);
  void refuse_cycle(const SlotNode &wanted, Creation &mine,
                    std::string_view type) const;
  [[noreturn]] static void raise_cycle(const SlotNode &own_node, Creation &mine,
                                       const std::string &others,
                                       std::string_view type);

  SlotTable table_; // first: what a lookup reads is at the scope's address
  mutable ScopeLock lock_;
  const std::atomic<unsigned> &replaced_factories_;
  SlotNode *newest_ = nullptr; // guarded by lock_ until the end
  Arena arena_;
  std::atomic<bool> ended_{false};
  bool had_override_ = false;   // guarded by lock_ until the end
  bool handle_left_ = false;    // guarded by lock_
  std::uint32_t waiting_ = 0;   // guarded by lock_
  WaitingRoom *room_ = nullptr; // guarded by lock_ until set
  std::atomic<GenerationCell *> cell_{nullptr};
  CreationObserver *observer_ = nullptr; // guarded by lock_; set once, owned
  SharedObject *shared_ = nullptr;       // guarded by lock_ until the end
};

} // namespace isolation::detail

#include <isolation/detail/object_store_change.h>
#include <isolation/detail/object_store_creation.h>
#include <isolation/detail/object_store_end.h>
#include <isolation/detail/object_store_sharing.h>
#include <isolation/detail/object_store_waiting.h>

#endif // ISOLATION_DETAIL_OBJECT_STORE_H
