// RequestScope: one request: its ids, its objects, and when both go.
//
// One heap block holds everything of an ordinary request:
//
//   | RequestScope (slots, root node, …) | ids | arena: nodes and objects |
//
// Ownership: counted by the handles outside the request's own objects. When the
// last goes, or at end(), the objects are destroyed, newest first; the block
// itself goes with the last handle. A request that was begun in a domain keeps
// its part of it (ScopeSource), and from the first use until its end the state
// of its user and conversation.

#ifndef ISOLATION_DETAIL_REQUEST_SCOPE_H
#define ISOLATION_DETAIL_REQUEST_SCOPE_H

#include <isolation/detail/context_node.h>
#include <isolation/detail/factory_override.h>
#include <isolation/detail/held_scope.h>
#include <isolation/detail/object_store.h>
#include <isolation/detail/packed_ids.h>
#include <isolation/detail/plain_ids.h>
#include <isolation/detail/request_block.h>
#include <isolation/detail/scope_source.h>
#include <isolation/no_domain_error.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <utility>

namespace isolation {

struct RequestDetails;

namespace detail {

/// What few requests have.
struct RequestExtras {
  void take_details_of(const RequestExtras &other) {
    details = other.details;
    append_details = other.append_details;
  }

  std::shared_ptr<const RequestDetails> details; // may be null
  void (*append_details)(std::string &out, const RequestDetails &) = nullptr;
  ContextNode *origin = nullptr; // counted; whose isolated child this one is
  std::string operation;         // of an isolated child
  Shared<FactoryOverrides> factories{new FactoryOverrides};
};

class RequestScope : public ObjectStore {
public:
  /// The caller owns one handle count. `source` may be null.
  static RequestScope &begin(const IdViews &ids, ScopeSource *source) {
    const std::size_t size = block_size(PackedIds::bytes_for(ids));
    void *const block = RequestBlock::take(size);
    return *::new (block)
        RequestScope(PackedIds::copy(ids, bytes_in(block)), size, source);
  }
  /// The same for an identity that may be served at first sight; null for any
  /// other one.
  ISOLATION_NOINLINE static RequestScope *begin_plain(const Identity &identity,
                                                      ScopeSource *source) {
    static_assert(sizeof(RequestScope) + most_plain_bytes + arena_bytes <=
                      RequestBlock::usual_size,
                  "plain ids fit the usual block");
    constexpr std::size_t size = RequestBlock::usual_size;
    void *const block = RequestBlock::take(size);
    IdEnds ends;
    if (ISOLATION_LIKELY(copy_plain_ids(identity, bytes_in(block), ends)))
      return ::new (block) RequestScope(ends, size, source);
    RequestBlock::give_back(block, size);
    return nullptr;
  }

  [[nodiscard]] ContextNode &root() noexcept { return root_; }
  [[nodiscard]] const PackedIds &ids() const noexcept { return ids_; }
  [[nodiscard]] ScopeSource *source() const noexcept { return source_; }

  /// What the request takes up before its first object.
  [[nodiscard]] std::size_t bytes_when_empty() const noexcept {
    return sizeof(RequestScope) + ids_.bytes();
  }

  void add_handle() noexcept {
    handles_.fetch_add(1, std::memory_order_relaxed);
  }

  void remove_handle() noexcept {
    if (takes_last_handle())
      last_handle_gone();
  }
  /// The same. False if there is no request any more.
  [[nodiscard]] ISOLATION_NOINLINE bool goes_on_without_handle() noexcept {
    if (!takes_last_handle() || leaves_handle_to_creation())
      return true;
    end_and_go();
    return false;
  }

  [[nodiscard]] std::uint32_t handles() const noexcept {
    return handles_.load(std::memory_order_relaxed);
  }

  /// Only the first call does anything. See finish_end().
  void end() {
    if (!begin_end())
      return;
    struct Release {
      RequestScope &scope;
      ~Release() {
        scope.release_wide_scopes();
        scope.remove_handle();
      }
    };
    add_handle(); // the objects may have the last one on the heap
    const Release afterwards{*this}; // the objects' destructors may use them
    finish_end();
  }

  // Extras. ------------------------------------------------------------------

  [[nodiscard]] const RequestExtras *extras() const noexcept {
    return extras_.load(std::memory_order_acquire);
  }
  RequestExtras &need_extras() {
    RequestExtras *known = extras_.load(std::memory_order_acquire);
    if (known)
      return *known;
    auto *const fresh = new RequestExtras;
    if (extras_.compare_exchange_strong(known, fresh,
                                        std::memory_order_acq_rel))
      return *fresh;
    delete fresh;
    return *known;
  }

  /// Whether factory_for() may find anything.
  [[nodiscard]] bool factories_overridden() const noexcept {
    return (extras() && extras()->factories->any()) ||
           (source_ && source_->factories()->any());
  }
  [[nodiscard]] Shared<const FactoryOverride>
  factory_for(const SlotKey &key) const {
    Shared<const FactoryOverride> found;
    if (extras())
      found = extras()->factories->find(key);
    if (!found && source_)
      found = source_->factories()->find(key);
    return found;
  }

  // Wider scopes. ------------------------------------------------------------

  /// The scope of this request's user or conversation. Raises NoDomainError,
  /// RequestEndedError.
  [[nodiscard]] ObjectStore &wide(WideScopeKind kind) {
    ObjectStore *const held = held_scope(kind).get();
    return ISOLATION_LIKELY(held != nullptr) ? *held : hold(kind);
  }
  [[nodiscard]] bool holds(WideScopeKind kind) noexcept {
    return held_scope(kind).get() != nullptr;
  }

  /// The same scope, to stay until let_go() whenever the request ends. See
  /// WideHold.
  [[nodiscard]] ISOLATION_NOINLINE ObjectStore &hold_again(WideScopeKind kind) {
    static_cast<void>(wide(kind)); // while this one has it, it is the only one
    ObjectStore &held = source_->hold(kind, ids_);
    if (holds(kind))
      return held;
    let_go(kind, held);
    raise_ended();
  }
  ISOLATION_NOINLINE void let_go(WideScopeKind kind,
                                 ObjectStore &held) noexcept {
    source_->release(kind, held);
    source_->forget(held);
  }

private:
  // 4 KB of objects in pieces of 64 bytes, and a node for each. The last bytes
  // are for rounding.
  static constexpr std::size_t arena_bytes =
      4096 + 64 * sizeof(SlotNode) + 2 * alignof(std::max_align_t);
  static_assert(sizeof(SlotNode) % alignof(std::max_align_t) == 0,
                "storage that follows a node is aligned");

  static std::size_t block_size(std::size_t id_bytes) noexcept {
    const std::size_t needed = sizeof(RequestScope) + id_bytes + arena_bytes;
    return ISOLATION_LIKELY(needed <= RequestBlock::usual_size)
               ? RequestBlock::usual_size
               : needed;
  }

  /// Where the ids are in a block.
  static char *bytes_in(void *block) noexcept {
    return static_cast<char *>(block) + sizeof(RequestScope);
  }

  /// The ids are there already.
  RequestScope(const IdEnds &ends, std::size_t size,
               ScopeSource *source) noexcept
      : ObjectStore(ScopeLock::Start::Owned, this, bytes_in(this) + ends.all(),
                    reinterpret_cast<char *>(this) + size,
                    source ? source->factories()->count()
                           : no_replaced_factories),
        root_(*this), ids_(bytes_in(this), ends), source_(source) {
    if (source_)
      source_->add_request();
  }

  ~RequestScope() { delete extras_.load(std::memory_order_relaxed); }

  /// If so, the count stays at one.
  bool takes_last_handle() noexcept {
    // A count of one is ours alone: nobody can add to it, so no need to write.
    if (handles_.load(std::memory_order_acquire) != 1) {
      if (handles_.fetch_sub(1, std::memory_order_acq_rel) != 1)
        return false;
      handles_.store(1, std::memory_order_relaxed);
    }
    return true;
  }

  /// Or a factory that still runs has the handle now, see RunningFactory.
  bool leaves_handle_to_creation() noexcept {
    return !ISOLATION_LIKELY(!may_be_creating()) && leave_handle_to_creation();
  }

  ISOLATION_NOINLINE void last_handle_gone() noexcept {
    if (!leaves_handle_to_creation())
      end_and_go();
  }

  void end_and_go() noexcept {
    // The count stays at one meanwhile: destructors may copy their context, and
    // such a copy may even outlive this function.
    end_unobserved();
    if (source_)
      release_wide_scopes();
    if (handles_.load(std::memory_order_acquire) != 1 &&
        handles_.fetch_sub(1, std::memory_order_acq_rel) != 1)
      return;
    if (ISOLATION_LIKELY(!source_ && !extras()))
      free_memory();
    else
      free_memory_and_let_go();
  }

  void free_memory() noexcept {
    const std::size_t size = block_size(ids_.bytes());
    this->~RequestScope();
    RequestBlock::give_back(this, size);
  }

  /// Of what it came from, too.
  ISOLATION_NOINLINE void free_memory_and_let_go() noexcept {
    ScopeSource *const source = source_;
    if (source)
      forget_wide_scopes();
    ContextNode *const origin = extras() ? extras()->origin : nullptr;
    {
      const HiddenAmbient hidden(*this); // details hold objects of the user's
      free_memory();
    }
    if (source)
      source->drop();
    if (origin) {
      RequestScope &outer = *origin->scope;
      origin->remove_user();
      outer.remove_handle();
    }
  }

  ISOLATION_NOINLINE ObjectStore &hold(WideScopeKind kind) {
    if (ended())
      raise_ended();
    if (!source_)
      raise(NoDomainError());
    ObjectStore &held = source_->hold(kind, ids_);
    if (held_scope(kind).take(held))
      return held;
    let_go(kind, held); // another thread came first: the same scope
    if (ObjectStore *const known = held_scope(kind).get())
      return *known;
    raise_ended(); // or that thread's end() did
  }

  /// The objects; the memory is forgotten when the request's goes.
  void release_wide_scopes() noexcept {
    for (unsigned kind = 0; kind != wide_scope_kinds; ++kind)
      if (ObjectStore *const held = wide_[kind].close())
        source_->release(static_cast<WideScopeKind>(kind), *held);
  }
  void forget_wide_scopes() noexcept {
    for (const HeldScope &wide : wide_)
      if (ObjectStore *const kept = wide.kept())
        source_->forget(*kept);
  }

  [[nodiscard]] HeldScope &held_scope(WideScopeKind kind) noexcept {
    return wide_[static_cast<unsigned>(kind)];
  }

  std::atomic<std::uint32_t> handles_{1};
  ContextNode root_;
  PackedIds ids_;
  ScopeSource *const source_; // counted; null outside of domains
  HeldScope wide_[wide_scope_kinds];
  std::atomic<RequestExtras *> extras_{nullptr};
};

} // namespace detail
} // namespace isolation

#endif // ISOLATION_DETAIL_REQUEST_SCOPE_H
