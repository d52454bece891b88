// Domain: a server's users and conversations, and what their requests share.
//
// Example:
//
//   #include <isolation/domain.h>
//   #include <isolation/per_user.h>
//   #include <string>
//   #include <vector>
//
//   inline constexpr isolation::PerUser<std::vector<std::string>> history;
//
//   class Server {
//   public:
//     void handle(const isolation::Identity &identity, std::string text) {
//       const auto context = domain_.begin(identity);
//       history.get_or_create(context, [] {
//         return std::vector<std::string>(); // once for all their requests
//       }).push_back(std::move(text));
//     }
//
//   private:
//     isolation::Domain domain_; // no global
//   };
//
// Shape: an object that the server owns; contexts begun from it have, besides
// their request's scope, their user's (PerUser) and their conversation's
// (PerConversation: the user's thread_id). Both come into being at first use.
//
// Bounded: state that no request holds goes when it was idle for too long, or
// when there is more than the limits say, least recently used first. What a
// request has used stays until that request ends. With large limits there are
// several shards that users are spread over: each has its part of the limits,
// and the order holds within each, so a shard may let go before all are full.
//
// Ownership: owns the state; may be destroyed before its requests have ended,
// their state then goes with the last of them. Thread-safety: everything from
// any thread. Errors: as UserExecutionContext::create.

#ifndef ISOLATION_DOMAIN_H
#define ISOLATION_DOMAIN_H

#include <isolation/detail/domain_shard.h>
#include <isolation/request_details.h>
#include <isolation/user_execution_context.h>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

namespace isolation {

namespace detail {
template <class Self, class T, class Where> class Slot;
} // namespace detail

struct DomainLimits {
  std::size_t most_users = 10000;
  std::size_t most_conversations = 100000;
  std::chrono::steady_clock::duration idle = std::chrono::minutes(30);
  IdentityRules rules{};
  /// For tests; called under a lock.
  std::chrono::steady_clock::time_point (*now)() =
      &std::chrono::steady_clock::now;
};

class Domain {
public:
  explicit Domain(const DomainLimits &limits = DomainLimits())
      : rules_(limits.rules), factories_(new detail::FactoryOverrides),
        shard_count_(shards_for(limits)) {
    for (std::size_t i = 0; i != shard_count_; ++i) {
      const auto share = [&](std::size_t most) {
        return most / shard_count_ + (i < most % shard_count_ ? 1 : 0);
      };
      const detail::ShardLimits its{
          {share(limits.most_conversations), share(limits.most_users)},
          limits.idle,
          limits.now};
      shards_[i].reset(new detail::DomainShard(its, factories_));
    }
  }
  Domain(const Domain &) = delete;
  Domain &operator=(const Domain &) = delete;

  /// Begins a request. Raises InvalidContextError.
  [[nodiscard]] UserExecutionContext
  begin(const Identity &identity ISOLATION_PLACE_PARAMETER) {
    return detail::ContextAccess::create(identity, rules_,
                                         shard_of(identity) ISOLATION_PLACE);
  }
  [[nodiscard]] UserExecutionContext
  begin(const Identity &identity,
        const RequestDetails &details ISOLATION_PLACE_PARAMETER) {
    UserExecutionContext made = begin(identity ISOLATION_PLACE);
    detail::ContextAccess::add(made, details);
    return made;
  }

  /// The same, with the refusal as a value.
  [[nodiscard]] std::optional<UserExecutionContext>
  try_begin(const Identity &identity,
            IdentityProblem *problem = nullptr ISOLATION_PLACE_PARAMETER) {
    return detail::ContextAccess::try_create(
        identity, problem, rules_, shard_of(identity) ISOLATION_PLACE);
  }
  [[nodiscard]] std::optional<UserExecutionContext>
  try_begin(const Identity &identity, IdentityProblem *problem,
            const RequestDetails &details ISOLATION_PLACE_PARAMETER) {
    auto made = try_begin(identity, problem ISOLATION_PLACE);
    if (made)
      detail::ContextAccess::add(*made, details);
    return made;
  }

  /// Destroys what was idle for too long. Happens by itself wherever requests
  /// come and go; a server that may fall silent calls it now and then.
  void collect() noexcept {
    for (std::size_t i = 0; i != shard_count_; ++i)
      shards_[i]->collect();
  }

  /// How many there are now, idle ones included.
  [[nodiscard]] std::size_t users() const {
    return count(detail::WideScopeKind::User);
  }
  [[nodiscard]] std::size_t conversations() const {
    return count(detail::WideScopeKind::Conversation);
  }

private:
  template <class, class, class> friend class detail::Slot;

  [[nodiscard]] const detail::Shared<detail::FactoryOverrides> &
  factories() const noexcept {
    return factories_;
  }

  static constexpr std::size_t most_shards = 16;

  /// Where a shard would have few scopes, the bound and its order would be
  /// coarse: then one shard does.
  static std::size_t shards_for(const DomainLimits &limits) noexcept {
    constexpr std::size_t few = 64;
    return limits.most_users >= most_shards * few &&
                   limits.most_conversations >= most_shards * few
               ? most_shards
               : 1;
  }

  [[nodiscard]] detail::DomainShard &
  shard_of(const Identity &identity) const noexcept {
    const std::size_t hash =
        std::hash<std::string_view>()(identity.user_id.view());
    return *shards_[(hash >> 7) % shard_count_];
  }

  [[nodiscard]] std::size_t count(detail::WideScopeKind kind) const {
    std::size_t sum = 0;
    for (std::size_t i = 0; i != shard_count_; ++i)
      sum += shards_[i]->size(kind);
    return sum;
  }

  struct Close {
    void operator()(detail::DomainShard *shard) const noexcept {
      shard->close();
    }
  };

  const IdentityRules rules_;
  const detail::Shared<detail::FactoryOverrides> factories_;
  const std::size_t shard_count_;
  std::unique_ptr<detail::DomainShard, Close> shards_[most_shards];
};

} // namespace isolation

#endif // ISOLATION_DOMAIN_H
