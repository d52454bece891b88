// Generation: whether a scope that a handle points into is still there.
//
// A cell is a number that grows when its scope goes. A handle keeps the cell's
// address and the number it saw; while they agree, the scope's memory is valid.
// Cells are therefore never freed, only lent to the next scope: as many exist
// as scopes with such handles ever lived at once.
//
// Ownership: a scope's, from take() to give_back(). Thread-safety: any thread.
// Errors: std::bad_alloc from take().

#ifndef ISOLATION_DETAIL_GENERATION_H
#define ISOLATION_DETAIL_GENERATION_H

#include <isolation/detail/config.h>
#include <isolation/detail/mutex.h>
#include <isolation/detail/spin_lock.h>

#include <atomic>
#include <cstdint>

namespace isolation::detail {

struct GenerationCell {
  std::atomic<std::uint64_t> number{1};
  // Of the scope that has the cell now: its objects go, its memory is there.
  std::atomic<bool> ended{false};
  GenerationCell *next_free = nullptr;
};

struct GenerationSlab {
  GenerationCell cells[62];
  GenerationSlab *next = nullptr;
};

struct GenerationPool {
  SpinLock lock;
  GenerationCell *free = nullptr;  // guarded by lock
  GenerationSlab *slabs = nullptr; // guarded by lock
};
ISOLATION_PROCESS_WIDE ISOLATION_EXPORT inline GenerationPool generation_pool;

class GenerationCells {
public:
  static GenerationCell &take() {
    const LockGuard<SpinLock> lock(generation_pool.lock);
    if (!generation_pool.free)
      add_slab();
    GenerationCell &cell = *generation_pool.free;
    generation_pool.free = cell.next_free;
    cell.ended.store(false, std::memory_order_relaxed);
    return cell;
  }

  /// All handles that saw the cell are out of date from now on.
  static void give_back(GenerationCell &cell) noexcept {
    cell.number.fetch_add(1, std::memory_order_release);
    const LockGuard<SpinLock> lock(generation_pool.lock);
    cell.next_free = generation_pool.free;
    generation_pool.free = &cell;
  }

private:
  static void add_slab() {
    GenerationSlab *const slab = new GenerationSlab;
    slab->next = generation_pool.slabs;
    generation_pool.slabs = slab;
    for (GenerationCell &cell : slab->cells) {
      cell.next_free = generation_pool.free;
      generation_pool.free = &cell;
    }
  }
};

/// What a handle that points nowhere compares with: no scope has number 0.
ISOLATION_PROCESS_WIDE ISOLATION_EXPORT inline const GenerationCell no_scope;

struct Generation {
  [[nodiscard]] bool current() const noexcept {
    return cell->number.load(std::memory_order_acquire) == number;
  }
  /// Current, and of a scope that has not ended either.
  [[nodiscard]] bool active() const noexcept {
    // In this order: a later scope's cell says nothing about this one's end.
    const bool ended = cell->ended.load(std::memory_order_acquire);
    return !ended && current();
  }

  const GenerationCell *cell = &no_scope;
  std::uint64_t number = 0;
};

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_GENERATION_H
