// SlotTable: a scope's nodes by slot, found without a lock.
//
// Sixty-four heads, chosen by the low bits of the slot's number; below each a
// trie that takes one further bit of the number per level. Numbers are dense,
// so a program's first 64 slots are found at once, and nothing ever has to grow
// or move under a reader.
//
// A head is the node's distance from this table, in 16 bits instead of a
// pointer's 64: a request starts by clearing the heads, and most nodes lie in
// the same block. Distance 0 is an entry of no slot, so that the first look
// needs no test for an empty head. The first node that lies farther away starts
// one more trie, `far_`; from then on heads that are empty stay empty, so that
// a slot is always below its head, or below `far_` if that is empty.
//
// Thread-safety: find() from any thread at any time; insert() under the scope's
// lock. Ownership: none, nodes belong to the arena.

#ifndef ISOLATION_DETAIL_SLOT_TABLE_H
#define ISOLATION_DETAIL_SLOT_TABLE_H

#include <isolation/detail/slot_node.h>

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace isolation::detail {

class SlotTable {
public:
  /// What the slot shows, null when nothing.
  [[nodiscard]] void *visible(const SlotKey &key) const noexcept {
    const SlotNode *const node = find(key);
    return node ? node->visible.load(std::memory_order_acquire) : nullptr;
  }

  /// The same, but null also for a slot that is not the first below its head:
  /// few instructions, which go into every accessor.
  [[nodiscard]] void *first_visible(const SlotKey &key) const noexcept {
    const SlotEntry &entry =
        *at(head_at(key.head()).load(std::memory_order_acquire));
    return ISOLATION_LIKELY(entry.key == &key)
               ? entry.visible.load(std::memory_order_acquire)
               : nullptr;
  }

  [[nodiscard]] SlotNode *find(const SlotKey &key) const noexcept {
    std::uint32_t bits = key.number();
    SlotNode *node = start(bits);
    while (node && node->key != &key)
      node = below(*node, bits).load(std::memory_order_acquire);
    return node;
  }

  /// The slot's number must be known, and the slot not be here yet.
  void insert(SlotNode &fresh) noexcept {
    std::uint32_t bits = fresh.key->number();
    SlotNode *node = start(bits);
    if (!node) {
      if (distance_to(fresh) <= UINT16_MAX)
        insert_first(fresh.key->number(), fresh);
      else
        far_.store(&fresh, std::memory_order_release);
      return;
    }
    for (;;) {
      std::atomic<SlotNode *> &link = below(*node, bits);
      node = link.load(std::memory_order_relaxed);
      if (!node) {
        link.store(&fresh, std::memory_order_release);
        return;
      }
    }
  }

  /// Whether a slot of that number is not here, and may become the first under
  /// its head. To be asked only as long as there are no far nodes. No slot has
  /// number 0.
  [[nodiscard]] bool has_room_for_first(std::uint32_t number) const noexcept {
    return ISOLATION_LIKELY(number != 0) &&
           ISOLATION_LIKELY(head_at(number % slot_head_count)
                                .load(std::memory_order_relaxed) == 0);
  }

  /// After has_room_for_first(), for a node that lies near.
  void insert_first(std::uint32_t number, SlotNode &fresh) noexcept {
    head_at(number % slot_head_count)
        .store(static_cast<std::uint16_t>(distance_to(fresh)),
               std::memory_order_release);
  }

  [[nodiscard]] bool has_far_nodes() const noexcept {
    return far_.load(std::memory_order_relaxed) != nullptr;
  }

  template <class Visit> void for_each(Visit visit) const {
    for (std::uint32_t i = 0; i != slot_head_count; ++i)
      if (const std::uint16_t distance = head(i))
        walk(node_at(distance), visit);
    walk(far_.load(std::memory_order_acquire), visit);
  }

private:
  [[nodiscard]] std::uint16_t head(std::uint32_t number) const noexcept {
    return head_at(number % slot_head_count).load(std::memory_order_acquire);
  }

  /// Where to begin; takes off `bits` what that choice used up.
  SlotNode *start(std::uint32_t &bits) const noexcept {
    const std::uint16_t distance = head(bits);
    if (distance == 0)
      return far_.load(std::memory_order_acquire);
    bits /= slot_head_count;
    return node_at(distance);
  }

  static std::atomic<SlotNode *> &below(SlotNode &node,
                                        std::uint32_t &bits) noexcept {
    std::atomic<SlotNode *> &link = node.next[bits & 1];
    bits >>= 1;
    return link;
  }

  template <class Visit> static void walk(SlotNode *node, Visit &visit) {
    // Two keys of one number make a path longer than a number has bits; it
    // goes on along next[0], which the loop follows without recursion.
    for (; node; node = node->next[0].load(std::memory_order_acquire)) {
      visit(*node);
      walk(node->next[1].load(std::memory_order_acquire), visit);
    }
  }

  [[nodiscard]] std::uintptr_t
  distance_to(const SlotEntry &entry) const noexcept {
    return reinterpret_cast<std::uintptr_t>(&entry) - base();
  }
  [[nodiscard]] std::uintptr_t base() const noexcept {
    return reinterpret_cast<std::uintptr_t>(&nothing_);
  }
  [[nodiscard]] SlotEntry *at(std::uint16_t distance) const noexcept {
    return reinterpret_cast<SlotEntry *>(base() + distance);
  }
  [[nodiscard]] SlotNode *node_at(std::uint16_t distance) const noexcept {
    return static_cast<SlotNode *>(at(distance));
  }

  using Head = std::atomic<std::uint16_t>;
  /// Half of the heads. Two members, because GCC clears a longer one by an
  /// instruction (`rep stos`) that takes longer than all of the rest.
  struct Half {
    Head heads[slot_head_count / 2] = {};
  };

  [[nodiscard]] Head &head_at(std::uint32_t index) const noexcept {
    static_assert(sizeof(Half) == sizeof(Head) * slot_head_count / 2 &&
                      sizeof(SlotEntry) % alignof(Head) == 0,
                  "heads lie side by side, behind the entry of no slot");
    return *reinterpret_cast<Head *>(base() + sizeof(SlotEntry) +
                                     index * sizeof(Head));
  }

  SlotEntry nothing_{nullptr}; // at distance 0
  Half lower_;
  Half upper_;
  std::atomic<SlotNode *> far_{nullptr};
};

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_SLOT_TABLE_H
