// WideScope: what the requests of one user, or of one conversation, share.
//
// One heap block: | WideScope | its key | arena |. The domain knows how many
// requests hold the objects, and when to let them go. The memory stays for as
// long as a request that ever held it may look into it.
//
// Ownership: by the ScopeCache whose member it is, its memory shared with those
// requests. Thread-safety: the objects as in any ObjectStore; the members below
// are guarded by the cache's lock.

#ifndef ISOLATION_DETAIL_WIDE_SCOPE_H
#define ISOLATION_DETAIL_WIDE_SCOPE_H

#include <isolation/detail/factory_override.h>
#include <isolation/detail/object_store.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstring>
#include <new>
#include <string_view>

namespace isolation::detail {

class ISOLATION_ABI WideScope : public ObjectStore {
public:
  static WideScope &make(std::string_view key) {
    const std::size_t size = sizeof(WideScope) + key.size() + arena_bytes;
    return *::new (::operator new(size)) WideScope(key, size);
  }

  /// Destroys the objects, newest first. Nobody may hold it.
  void destroy() noexcept {
    tell_handles();
    end_unobserved();
    forget();
  }

  void remember() noexcept { users_.fetch_add(1, std::memory_order_relaxed); }
  /// The last one frees the memory.
  void forget() noexcept {
    if (users_.fetch_sub(1, std::memory_order_acq_rel) != 1)
      return;
    this->~WideScope();
    ::operator delete(this);
  }

  [[nodiscard]] std::string_view key() const noexcept {
    return {reinterpret_cast<const char *>(this + 1), key_size_};
  }

  std::size_t holders = 0; // requests
  std::chrono::steady_clock::time_point last_used;
  // The idle ones of a cache, or those on their way to destroy().
  WideScope *before = nullptr;
  WideScope *after = nullptr;

private:
  static constexpr std::size_t arena_bytes = 1024;

  WideScope(std::string_view key, std::size_t size) noexcept
      : ObjectStore(ScopeLock::Start::Shared, this,
                    reinterpret_cast<char *>(this + 1) + key.size(),
                    reinterpret_cast<char *>(this) + size,
                    no_replaced_factories),
        key_size_(key.size()) {
    std::memcpy(reinterpret_cast<char *>(this + 1), key.data(), key.size());
  }
  ~WideScope() = default;

  const std::size_t key_size_;
  std::atomic<std::size_t> users_{1}; // of the memory; the cache is one
};

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_WIDE_SCOPE_H
