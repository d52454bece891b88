// ChunkTree: an arena's chunks by address, found in few steps however many
// there are.
//
// A treap: a search tree by address and a heap by a number that looks random,
// here the scrambled address, so it is balanced without having to balance it.
// Links are in the chunks themselves.
//
// Thread-safety: the caller holds the scope's lock, except for empty() and
// may_contain(). Ownership: none. Errors: none.

#ifndef ISOLATION_DETAIL_CHUNK_TREE_H
#define ISOLATION_DETAIL_CHUNK_TREE_H

#include <isolation/detail/config.h>

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace isolation::detail {

struct alignas(std::max_align_t) Chunk {
  Chunk *lower;
  Chunk *higher;
  std::size_t size; // of the memory behind this header
  bool single;      // of one object, which may be given back

  [[nodiscard]] std::uintptr_t place() const noexcept {
    return reinterpret_cast<std::uintptr_t>(this);
  }
  [[nodiscard]] std::uintptr_t begin() const noexcept {
    return place() + sizeof(Chunk);
  }
  [[nodiscard]] bool contains(std::uintptr_t memory) const noexcept {
    return memory - begin() < size;
  }
};

class ChunkTree {
public:
  /// What lies in a chunk is seen by its own threads only after the chunk was
  /// inserted, so a relaxed answer is right for whoever can ask about it.
  [[nodiscard]] bool empty() const noexcept {
    return root_.load(std::memory_order_relaxed) == nullptr;
  }
  /// The same. False for what lies before or behind all that there ever were,
  /// as stacks do.
  [[nodiscard]] bool may_contain(std::uintptr_t memory) const noexcept {
    return memory >= ~below_.load(std::memory_order_relaxed) &&
           memory < end_.load(std::memory_order_relaxed);
  }

  /// The chunk that `memory` lies in, null if in none.
  [[nodiscard]] Chunk *find(std::uintptr_t memory) const noexcept {
    Chunk *chunk = root_.load(std::memory_order_relaxed);
    while (chunk && !chunk->contains(memory))
      chunk = memory < chunk->place() ? chunk->lower : chunk->higher;
    return chunk;
  }

  void insert(Chunk &fresh) noexcept {
    if (~fresh.begin() > below_.load(std::memory_order_relaxed))
      below_.store(~fresh.begin(), std::memory_order_relaxed);
    if (const std::uintptr_t end = fresh.begin() + fresh.size;
        end > end_.load(std::memory_order_relaxed))
      end_.store(end, std::memory_order_relaxed);
    Chunk *root = root_.load(std::memory_order_relaxed);
    Chunk **link = &root;
    while (*link && rank(**link) > rank(fresh))
      link = towards(fresh, **link);
    // What is below the place is parted in two.
    Chunk *rest = *link;
    *link = &fresh;
    Chunk **lower = &fresh.lower;
    Chunk **higher = &fresh.higher;
    while (rest) {
      Chunk **&side = rest->place() < fresh.place() ? lower : higher;
      *side = rest;
      side = towards(fresh, *rest);
      rest = *side;
    }
    *lower = nullptr;
    *higher = nullptr;
    root_.store(root, std::memory_order_relaxed);
  }

  void remove(Chunk &old) noexcept {
    Chunk *root = root_.load(std::memory_order_relaxed);
    Chunk **link = &root;
    while (*link != &old)
      link = towards(old, **link);
    // What was below it becomes one.
    Chunk *lower = old.lower;
    Chunk *higher = old.higher;
    while (lower && higher) {
      const bool first = rank(*lower) > rank(*higher);
      Chunk *&taken = first ? lower : higher;
      *link = taken;
      link = first ? &taken->higher : &taken->lower;
      taken = *link;
    }
    *link = lower ? lower : higher;
    root_.store(root, std::memory_order_relaxed);
  }

  /// Takes all of them out, in no order.
  template <class Take> void clear(Take take) noexcept {
    Chunk *chunk = root_.load(std::memory_order_relaxed);
    while (chunk) {
      if (Chunk *const lower = chunk->lower) { // turned to the top
        chunk->lower = lower->higher;
        lower->higher = chunk;
        chunk = lower;
      } else {
        Chunk *const next = chunk->higher;
        take(*chunk);
        chunk = next;
      }
    }
  }

private:
  static std::uint64_t rank(const Chunk &chunk) noexcept {
    // A multiple's high bits depend on all of the address.
    return static_cast<std::uint64_t>(chunk.place()) * 0x9e3779b97f4a7c15u;
  }
  static Chunk **towards(const Chunk &wanted, Chunk &from) noexcept {
    return wanted.place() < from.place() ? &from.lower : &from.higher;
  }

  // Changed under the scope's lock; atomic for who asks without.
  std::atomic<Chunk *> root_{nullptr};
  // Only ever grow. The first is the complement of where the lowest began, so
  // that both start at zero.
  std::atomic<std::uintptr_t> below_{0};
  std::atomic<std::uintptr_t> end_{0};
};

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_CHUNK_TREE_H
