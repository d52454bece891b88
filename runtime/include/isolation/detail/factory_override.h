// FactoryOverrides: the factories that are used instead of the accessors' own.
//
// A request has such a list, and so has a domain; there is no list of the
// process. Both are empty in production, where one load tells so, and only when
// an object is created.
//
// Ownership: shared between the list, the guard that added an override, and who
// is just running it. Thread-safety: any thread.

#ifndef ISOLATION_DETAIL_FACTORY_OVERRIDE_H
#define ISOLATION_DETAIL_FACTORY_OVERRIDE_H

#include <isolation/detail/context_forward.h>
#include <isolation/detail/mutex.h>
#include <isolation/detail/shared.h>
#include <isolation/detail/slot_key.h>
#include <isolation/detail/spin_lock.h>

#include <atomic>
#include <utility>

namespace isolation {

namespace detail {

struct ISOLATION_ABI FactoryOverride : Counted {
  explicit FactoryOverride(const SlotKey &slot) noexcept : key(slot) {}
  FactoryOverride(const FactoryOverride &) = delete;
  FactoryOverride &operator=(const FactoryOverride &) = delete;
  virtual ~FactoryOverride() = default;

  /// Fills the slot in `scope` and returns what it shows, as the slot's T.
  virtual void *create(ObjectStore &scope,
                       const UserExecutionContext &context) const = 0;

  const SlotKey &key;
  Shared<FactoryOverride> older; // guarded by the list's lock
};

/// The count of a list that there is none of.
ISOLATION_PROCESS_WIDE ISOLATION_EXPORT inline const std::atomic<unsigned>
    no_replaced_factories{0};

class FactoryOverrides : public Counted {
public:
  [[nodiscard]] bool any() const noexcept {
    return count_.load(std::memory_order_acquire) != 0;
  }
  /// How many there are, for whoever has to look often.
  [[nodiscard]] const std::atomic<unsigned> &count() const noexcept {
    return count_;
  }

  /// The one that was added last for the slot, null if there is none.
  [[nodiscard]] Shared<const FactoryOverride> find(const SlotKey &key) const {
    const LockGuard<SpinLock> lock(lock_);
    for (const Shared<FactoryOverride> *entry = &newest_; *entry;
         entry = &(*entry)->older)
      if (&(*entry)->key == &key)
        return Shared<const FactoryOverride>(entry->get());
    return {};
  }

  void add(Shared<FactoryOverride> fresh) {
    const LockGuard<SpinLock> lock(lock_);
    fresh->older = std::move(newest_);
    newest_ = std::move(fresh);
    count_.fetch_add(1, std::memory_order_release);
  }

  void remove(const FactoryOverride &old) noexcept {
    Shared<FactoryOverride> removed; // destroyed without the lock
    const LockGuard<SpinLock> lock(lock_);
    for (Shared<FactoryOverride> *entry = &newest_; *entry;
         entry = &(*entry)->older) {
      if (entry->get() != &old)
        continue;
      removed = std::move(*entry);
      *entry = std::move(removed->older);
      count_.fetch_sub(1, std::memory_order_release);
      return;
    }
  }

private:
  mutable SpinLock lock_;
  std::atomic<unsigned> count_{0};
  Shared<FactoryOverride> newest_; // guarded by lock_
};

} // namespace detail
} // namespace isolation

#endif // ISOLATION_DETAIL_FACTORY_OVERRIDE_H
