// RequestScope: one request: its ids, its objects, and when both go.
//
// One heap block holds everything of an ordinary request:
//
//   | RequestScope (slots, root node, …) | ids | arena: nodes and objects |
//
// Ownership: counted by the handles outside the request's own objects. When the
// last goes, or at end(), the objects are destroyed, newest first; the block
// itself goes with the last handle.

#ifndef ISOLATION_DETAIL_REQUEST_SCOPE_H
#define ISOLATION_DETAIL_REQUEST_SCOPE_H

#include <isolation/detail/context_node.h>
#include <isolation/detail/object_store.h>
#include <isolation/detail/packed_ids.h>
#include <isolation/detail/request_block.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <new>

namespace isolation::detail {

class RequestScope : public ObjectStore {
public:
  /// The caller owns one handle count.
  static RequestScope &begin(const IdViews &ids) {
    const std::size_t id_bytes = PackedIds::bytes_for(ids);
    const std::size_t size = block_size(id_bytes);
    return *::new (RequestBlock::take(size)) RequestScope(ids, id_bytes, size);
  }

  [[nodiscard]] ContextNode &root() noexcept { return root_; }
  [[nodiscard]] const PackedIds &ids() const noexcept { return ids_; }

  /// What the request takes up before its first object.
  [[nodiscard]] std::size_t bytes_when_empty() const noexcept {
    return sizeof(RequestScope) + ids_.bytes();
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

private:
  // 4 KB of objects in pieces of 64 bytes, and a node for each. The last bytes
  // are for rounding.
  static constexpr std::size_t arena_bytes =
      4096 + 64 * sizeof(SlotNode) + 2 * alignof(std::max_align_t);
  static_assert(sizeof(SlotNode) % alignof(std::max_align_t) == 0,
                "storage that follows a node is aligned");

  static std::size_t block_size(std::size_t id_bytes) noexcept {
    static_assert(sizeof(RequestScope) + arena_bytes + 192 <=
                      RequestBlock::usual_size,
                  "ordinary ids fit the usual block");
    const std::size_t needed = sizeof(RequestScope) + id_bytes + arena_bytes;
    return ISOLATION_LIKELY(needed <= RequestBlock::usual_size)
               ? RequestBlock::usual_size
               : needed;
  }

  RequestScope(const IdViews &ids, std::size_t id_bytes,
               std::size_t size) noexcept
      : ObjectStore(ScopeLock::Start::Owned, this,
                    reinterpret_cast<char *>(this + 1) + id_bytes,
                    reinterpret_cast<char *>(this) + size),
        root_(*this), ids_(ids, reinterpret_cast<char *>(this + 1)) {}

  ~RequestScope() = default;

  ISOLATION_NOINLINE void last_handle_gone() noexcept {
    // The count stays at one meanwhile: destructors may copy their context, and
    // such a copy may even outlive this function.
    end_unobserved();
    if (handles_.load(std::memory_order_acquire) != 1 &&
        handles_.fetch_sub(1, std::memory_order_acq_rel) != 1)
      return;
    const std::size_t size = block_size(ids_.bytes());
    this->~RequestScope();
    RequestBlock::give_back(this, size);
  }

  std::atomic<std::uint32_t> handles_{1};
  ContextNode root_;
  PackedIds ids_;
};

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_REQUEST_SCOPE_H
