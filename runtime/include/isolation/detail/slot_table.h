// SlotTable: a request's nodes by slot, found without a lock.
//
// Sixty-four heads, chosen by the low bits of the slot's number; below each a
// trie that takes one further bit of the number per level. Numbers are dense,
// so a program's first 64 slots are found at once, and nothing ever has to grow
// or move under a reader.
//
// A head is the node's distance from this table, in 16 bits instead of a
// pointer's 64: a request starts by clearing the heads, and most nodes lie in
// the same block. The first node that lies farther away starts one more trie,
// `far_`; from then on heads that are empty stay empty, so that a slot is
// always below its head, or below `far_` if that is empty.
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
      insert_first(fresh);
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

  template <class Visit> void for_each(Visit visit) const {
    for (const std::atomic<std::uint16_t> &head : heads_)
      if (const std::uint16_t distance = head.load(std::memory_order_acquire))
        walk(at(distance), visit);
    walk(far_.load(std::memory_order_acquire), visit);
  }

private:
  /// Where to begin; takes off `bits` what that choice used up.
  SlotNode *start(std::uint32_t &bits) const noexcept {
    const std::uint16_t distance =
        heads_[bits % head_count].load(std::memory_order_acquire);
    if (!ISOLATION_LIKELY(distance != 0))
      return far_.load(std::memory_order_acquire);
    bits /= head_count;
    return at(distance);
  }

  static std::atomic<SlotNode *> &below(SlotNode &node,
                                        std::uint32_t &bits) noexcept {
    std::atomic<SlotNode *> &link = node.next[bits & 1];
    bits >>= 1;
    return link;
  }

  void insert_first(SlotNode &fresh) noexcept {
    const std::uintptr_t distance =
        reinterpret_cast<std::uintptr_t>(&fresh) - base();
    const bool near = distance <= UINT16_MAX;
    if (near && !far_.load(std::memory_order_relaxed))
      heads_[fresh.key->number() % head_count].store(
          static_cast<std::uint16_t>(distance), std::memory_order_release);
    else
      far_.store(&fresh, std::memory_order_release);
  }

  template <class Visit> static void walk(SlotNode *node, Visit &visit) {
    // Two keys of one number make a path longer than a number has bits; it
    // goes on along next[0], which the loop follows without recursion.
    for (; node; node = node->next[0].load(std::memory_order_acquire)) {
      visit(*node);
      walk(node->next[1].load(std::memory_order_acquire), visit);
    }
  }

  [[nodiscard]] std::uintptr_t base() const noexcept {
    return reinterpret_cast<std::uintptr_t>(this);
  }
  [[nodiscard]] SlotNode *at(std::uint16_t distance) const noexcept {
    return reinterpret_cast<SlotNode *>(base() + distance);
  }

  static constexpr std::uint32_t head_count = 64;
  std::atomic<std::uint16_t> heads_[head_count] = {};
  std::atomic<SlotNode *> far_{nullptr};
};

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_SLOT_TABLE_H
