// Arena: the memory of one request.
//
// A first region that the request's own block brings along, served by moving a
// cursor; chunks from the heap when it is full; and single allocations, which
// can be given back, for objects that a slot gets after its first one (so that
// setting a slot a million times does not keep a million objects).
//
// contains() tells whether an address belongs to the request. By that a context
// handle knows that it is part of one of the request's own objects and must not
// keep the request alive: the two would keep each other for ever.
//
// Ownership: owns chunks, not the first region. Lifetime: everything goes with
// the arena; destructors are the caller's business. Thread-safety: the caller
// holds the scope's lock, except for in_first_region() and may_be_in_chunks().
// Errors: std::bad_alloc.

#ifndef ISOLATION_DETAIL_ARENA_H
#define ISOLATION_DETAIL_ARENA_H

#include <isolation/detail/chunk_tree.h>
#include <isolation/detail/config.h>

#include <cstddef>
#include <cstdint>
#include <new>

namespace isolation::detail {

class Arena {
public:
  /// `begin` to `end` is the block that holds the request; what lies before
  /// `free` is taken.
  Arena(void *begin, void *free, void *end) noexcept
      : first_begin_(address(begin)), first_end_(address(end)),
        cursor_(aligned(address(free), granularity)),
        near_limit_(rounded_down(address(end))), limit_(near_limit_) {}
  Arena(const Arena &) = delete;
  Arena &operator=(const Arena &) = delete;

  ~Arena() {
    chunks_.clear([](Chunk &chunk) { ::operator delete(&chunk); });
  }

  [[nodiscard]] void *allocate(std::size_t size, std::size_t alignment) {
    // The cursor is always aligned for any ordinary type.
    if (ISOLATION_LIKELY(alignment <= granularity &&
                         size <= limit_ - cursor_)) {
      const std::uintptr_t place = cursor_;
      cursor_ += rounded(size);
      return pointer(place);
    }
    return allocate_at_length(size, alignment);
  }

  /// Whether allocate_near() has room, for an ordinary alignment and a size in
  /// whole units of it.
  [[nodiscard]] bool has_room_near(std::size_t size) const noexcept {
    return cursor_ + size <= near_limit_;
  }
  /// From the first region. After has_room_near().
  [[nodiscard]] void *allocate_near(std::size_t size) noexcept {
    const std::uintptr_t place = cursor_;
    cursor_ = place + size;
    return pointer(place);
  }
  /// From now on there is no room near.
  void close_near() noexcept { near_limit_ = 0; }

  [[nodiscard]] ISOLATION_NOINLINE void *
  allocate_single(std::size_t size, std::size_t alignment) {
    Chunk *chunk = new_chunk(size + alignment);
    chunk->single = true;
    return pointer(aligned(chunk->begin(), alignment));
  }

  /// Frees a single allocation; any other stays until the arena goes.
  ISOLATION_NOINLINE void release(const void *memory) noexcept {
    Chunk *const chunk = chunks_.find(address(memory));
    if (!chunk || !chunk->single)
      return;
    chunks_.remove(*chunk);
    ::operator delete(chunk);
  }

  [[nodiscard]] bool in_first_region(const void *memory) const noexcept {
    return address(memory) - first_begin_ < first_end_ - first_begin_;
  }

  /// Whether in_chunks() has to be asked.
  [[nodiscard]] bool may_be_in_chunks(const void *memory) const noexcept {
    return !ISOLATION_LIKELY(chunks_.empty()) &&
           chunks_.may_contain(address(memory));
  }

  [[nodiscard]] bool in_chunks(const void *memory) const noexcept {
    return chunks_.find(address(memory)) != nullptr;
  }

private:
  static constexpr std::size_t granularity = alignof(std::max_align_t);
  static constexpr std::size_t chunk_bytes = 16 * 1024 - sizeof(Chunk);

  // Cursor and limit are multiples of the granularity, so what fits before the
  // limit also fits when it is rounded up.
  static constexpr std::uintptr_t rounded_down(std::uintptr_t place) noexcept {
    return place & ~(std::uintptr_t{granularity} - 1);
  }
  static constexpr std::size_t rounded(std::size_t size) noexcept {
    return (size + granularity - 1) & ~(granularity - 1);
  }

  static std::uintptr_t address(const void *memory) noexcept {
    return reinterpret_cast<std::uintptr_t>(memory);
  }
  static void *pointer(std::uintptr_t place) noexcept {
    return reinterpret_cast<void *>(place);
  }
  static constexpr std::uintptr_t aligned(std::uintptr_t place,
                                          std::size_t alignment) noexcept {
    return (place + alignment - 1) & ~(std::uintptr_t{alignment} - 1);
  }

  Chunk *new_chunk(std::size_t size) {
    auto *chunk = static_cast<Chunk *>(::operator new(sizeof(Chunk) + size));
    chunk->size = size;
    chunk->single = false;
    chunks_.insert(*chunk);
    return chunk;
  }

  ISOLATION_NOINLINE void *allocate_at_length(std::size_t size,
                                              std::size_t alignment) {
    // For an alignment that is out of the ordinary there may be room yet.
    if (const std::uintptr_t place = aligned(cursor_, alignment);
        place >= cursor_ && place <= limit_ && size <= limit_ - place) {
      cursor_ = place + rounded(size);
      return pointer(place);
    }
    return allocate_from_new_chunk(size, alignment);
  }

  void *allocate_from_new_chunk(std::size_t size, std::size_t alignment) {
    const std::size_t needed = rounded(size) + alignment;
    Chunk *chunk = new_chunk(needed > chunk_bytes ? needed : chunk_bytes);
    const std::uintptr_t place = aligned(chunk->begin(), alignment);
    // The region with more room left serves what comes next.
    const std::uintptr_t end = rounded_down(chunk->begin() + chunk->size);
    const std::uintptr_t rest = place + rounded(size);
    if (end - rest > limit_ - cursor_) {
      cursor_ = rest;
      limit_ = end;
      close_near();
    }
    return pointer(place);
  }

  const std::uintptr_t first_begin_;
  const std::uintptr_t first_end_;
  std::uintptr_t cursor_;
  std::uintptr_t near_limit_; // 0, or limit_ while that is the first region's
  std::uintptr_t limit_;
  ChunkTree chunks_;
};

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_ARENA_H
