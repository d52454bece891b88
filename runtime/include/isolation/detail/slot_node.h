// SlotNode: what one scope holds for one slot.
//
// States, told by three members:
//
//                creator   type   visible
//   empty        null      null   null
//   creating     set       set    null
//   created      null      set    the object
//   overridden   any       any    the replacement (see TestOverride)
//
// Nodes live in their scope's arena and never move or go before it does, so
// a lookup follows them without a lock.

#ifndef ISOLATION_DETAIL_SLOT_NODE_H
#define ISOLATION_DETAIL_SLOT_NODE_H

#include <isolation/detail/slot_key.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace isolation::detail {

class Creation;

/// What is stored for a slot: the object itself, or the smart pointer that owns
/// it. One constant for each pair of a slot's T and a stored type.
struct StoredType {
  std::string_view slot_type; // T's name
  std::size_t size;
  std::size_t alignment;
  // Of the storage behind its node, in whole units of the arena; of no use for
  // a type of extraordinary alignment, and then more than there is room for.
  std::size_t size_with_node;
  void (*destroy)(void *storage);
  void *(*object)(void *storage); // as the slot's T
};

/// What a lookup reads.
struct SlotEntry {
  explicit SlotEntry(const SlotKey *slot) noexcept : key(slot) {}

  const SlotKey *const key;
  // What the slot shows. Written under the scope's lock or by the thread that
  // ends the scope; read by anyone.
  std::atomic<void *> visible{nullptr};
};

struct SlotNode : SlotEntry {
  explicit SlotNode(const SlotKey &slot) noexcept : SlotEntry(&slot) {}
  /// Claimed from the beginning, with its storage behind it.
  SlotNode(const SlotKey &slot, const StoredType &what,
           Creation &creation) noexcept
      : SlotEntry(&slot), creator(&creation), storage(this + 1), type(&what) {}

  // The next nodes of the trie that SlotTable is. Written once each, under the
  // scope's lock; read by anyone.
  std::atomic<SlotNode *> next[2] = {nullptr, nullptr};
  // Written under the scope's lock; read under it, and by threads that wait.
  std::atomic<Creation *> creator{nullptr};
  // Guarded by the scope's lock while the scope is active.
  void *storage = nullptr;          // set from the claim on
  const StoredType *type = nullptr; // set from the claim on
  SlotNode *older;                  // completed before this one, when complete

  /// Null while it is being created, too.
  [[nodiscard]] void *own_object() const {
    return type && !creator.load(std::memory_order_relaxed)
               ? type->object(storage)
               : nullptr;
  }
};

/// What StoredType::size_with_node says about a type.
constexpr std::size_t size_with_node(std::size_t size,
                                     std::size_t alignment) noexcept {
  constexpr std::size_t unit = alignof(std::max_align_t);
  return alignment > unit ? SIZE_MAX / 2
                          : (sizeof(SlotNode) + size + unit - 1) & ~(unit - 1);
}

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_SLOT_NODE_H
