// DomainShard: the part of a domain that serves some of its users.
//
// A user's id decides the shard, for the user's state and for that of all their
// conversations, so requests of different users seldom meet in one lock.
//
// Ownership: counted by the domain and by its requests; after the domain has
// gone, what a request lets go is destroyed at once. Thread-safety: any thread.

#ifndef ISOLATION_DETAIL_DOMAIN_SHARD_H
#define ISOLATION_DETAIL_DOMAIN_SHARD_H

#include <isolation/detail/scope_cache.h>
#include <isolation/detail/scope_source.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace isolation::detail {

struct ShardLimits {
  std::size_t most[wide_scope_kinds];
  std::chrono::steady_clock::duration idle;
  std::chrono::steady_clock::time_point (*now)();
};

class ISOLATION_ABI DomainShard final : public ScopeSource {
public:
  DomainShard(const ShardLimits &limits, Shared<FactoryOverrides> overrides)
      : ScopeSource(std::move(overrides)), limits_(limits) {}

  ObjectStore &hold(WideScopeKind kind, const PackedIds &ids) override {
    std::string key(ids.get(IdField::User));
    if (kind == WideScopeKind::Conversation) {
      // Within the user: two users' conversations of one name are two. Ids
      // hold no control characters, so the two parts cannot be confused.
      key += '\0';
      key += ids.get(IdField::Thread);
    }
    const Dropped dropped(*this);
    const std::lock_guard<std::mutex> lock(mutex_);
    return cache(kind).hold(key);
  }

  void release(WideScopeKind kind, ObjectStore &scope) noexcept override {
    const Dropped dropped(*this);
    const std::lock_guard<std::mutex> lock(mutex_);
    cache(kind).release(static_cast<WideScope &>(scope), limits_.now());
  }

  void forget(ObjectStore &scope) noexcept override {
    static_cast<WideScope &>(scope).forget();
  }

  void add_request() noexcept override {
    owners_.fetch_add(1, std::memory_order_relaxed);
  }
  void drop() noexcept override {
    if (owners_.fetch_sub(1, std::memory_order_acq_rel) == 1)
      delete this;
  }

  [[nodiscard]] std::size_t size(WideScopeKind kind) {
    const std::lock_guard<std::mutex> lock(mutex_);
    return cache(kind).size();
  }

  /// Destroys what was idle for too long.
  void collect() noexcept { const Dropped dropped(*this); }

  /// The domain goes: from now on nothing stays that no request holds.
  void close() noexcept {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      closed_ = true;
    }
    collect();
    drop();
  }

private:
  ~DomainShard() override = default;

  /// Destroys, at the end of a scope and without the lock, what is too much by
  /// then: destructors are the user's, and may well come back here.
  class Dropped {
  public:
    explicit Dropped(DomainShard &shard) noexcept : shard_(shard) {}
    Dropped(const Dropped &) = delete;
    Dropped &operator=(const Dropped &) = delete;
    ~Dropped() {
      for (const WideScopeKind kind :
           {WideScopeKind::Conversation, WideScopeKind::User}) {
        WideScope *scope = shard_.take_idle(kind);
        while (scope)
          std::exchange(scope, scope->after)->destroy();
      }
    }

  private:
    DomainShard &shard_;
  };

  WideScope *take_idle(WideScopeKind kind) noexcept {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (closed_)
      return cache(kind).take_idle(0, ScopeCache::Time::max());
    return cache(kind).take_idle(limits_.most[static_cast<unsigned>(kind)],
                                 limits_.now() - limits_.idle);
  }

  ScopeCache &cache(WideScopeKind kind) noexcept {
    return caches_[static_cast<unsigned>(kind)];
  }

  const ShardLimits limits_;
  std::atomic<std::size_t> owners_{1}; // the domain is one
  std::mutex mutex_;
  ScopeCache caches_[wide_scope_kinds]; // guarded by mutex_
  bool closed_ = false;                 // guarded by mutex_
};

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_DOMAIN_SHARD_H
