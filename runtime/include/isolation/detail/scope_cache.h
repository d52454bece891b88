// ScopeCache: wide scopes by key; idle ones stay for a while, bounded.
//
// What requests hold is never let go. What nobody holds stays until it was idle
// for too long, or there are too many: then the one that was used least
// recently goes first. While requests hold more than the bound, there are more.
//
// Ownership: owns the scopes; take_idle() hands some over. Thread-safety: the
// caller holds the lock (DomainShard's). Errors: std::bad_alloc.

#ifndef ISOLATION_DETAIL_SCOPE_CACHE_H
#define ISOLATION_DETAIL_SCOPE_CACHE_H

#include <isolation/detail/wide_scope.h>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string_view>
#include <unordered_map>

namespace isolation::detail {

class ISOLATION_ABI ScopeCache {
public:
  using Time = std::chrono::steady_clock::time_point;

  ScopeCache() = default;
  ScopeCache(const ScopeCache &) = delete;
  ScopeCache &operator=(const ScopeCache &) = delete;

  [[nodiscard]] std::size_t size() const noexcept { return scopes_.size(); }

  /// The scope of `key`, made if need be, with one holder more.
  WideScope &hold(std::string_view key) {
    const auto found = scopes_.find(key);
    if (found != scopes_.end()) {
      WideScope &scope = *found->second;
      if (scope.holders++ == 0)
        unlink(scope);
      scope.remember();
      return scope;
    }
    struct Destroy {
      void operator()(WideScope *scope) const noexcept { scope->destroy(); }
    };
    std::unique_ptr<WideScope, Destroy> fresh(&WideScope::make(key));
    fresh->holders = 1;
    scopes_.emplace(fresh->key(), fresh.get());
    fresh->remember();
    return *fresh.release();
  }

  void release(WideScope &scope, Time now) noexcept {
    if (--scope.holders != 0)
      return;
    scope.last_used = now;
    scope.before = newest_;
    scope.after = nullptr;
    (newest_ ? newest_->after : oldest_) = &scope;
    newest_ = &scope;
  }

  /// Takes out what is idle since `since` or before, and what is more than
  /// `most`: a list linked by `after`, for the caller to destroy unlocked.
  [[nodiscard]] WideScope *take_idle(std::size_t most, Time since) noexcept {
    WideScope *taken = nullptr;
    while (oldest_ && (scopes_.size() > most || oldest_->last_used <= since)) {
      WideScope &scope = *oldest_;
      unlink(scope);
      scopes_.erase(scope.key());
      scope.after = taken;
      taken = &scope;
    }
    return taken;
  }

private:
  void unlink(WideScope &scope) noexcept {
    (scope.before ? scope.before->after : oldest_) = scope.after;
    (scope.after ? scope.after->before : newest_) = scope.before;
  }

  std::unordered_map<std::string_view, WideScope *> scopes_; // keys in values
  // Those that nobody holds, in the order of last_used.
  WideScope *oldest_ = nullptr;
  WideScope *newest_ = nullptr;
};

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_SCOPE_CACHE_H
