// ScopeSource: what a request needs of the domain that it was begun in.
//
// An interface, so that a request does not have to know how a domain keeps its
// scopes, and code that uses none does not compile any of it.
//
// Ownership: counted by the requests; drop() gives a count back. Thread-safety:
// any thread.

#ifndef ISOLATION_DETAIL_SCOPE_SOURCE_H
#define ISOLATION_DETAIL_SCOPE_SOURCE_H

#include <isolation/detail/context_forward.h>
#include <isolation/detail/factory_override.h>
#include <isolation/detail/packed_ids.h>

#include <utility>

namespace isolation::detail {

enum class WideScopeKind : unsigned char { Conversation, User };
inline constexpr unsigned wide_scope_kinds = 2;

class ISOLATION_ABI ScopeSource {
public:
  explicit ScopeSource(Shared<FactoryOverrides> overrides) noexcept
      : factories_(std::move(overrides)) {}
  ScopeSource(const ScopeSource &) = delete;
  ScopeSource &operator=(const ScopeSource &) = delete;

  /// The scope of that user or conversation. Its objects stay until release(),
  /// its memory until forget(); each hold() wants both, in this order.
  virtual ObjectStore &hold(WideScopeKind kind, const PackedIds &ids) = 0;
  virtual void release(WideScopeKind kind, ObjectStore &scope) noexcept = 0;
  virtual void forget(ObjectStore &scope) noexcept = 0;

  virtual void add_request() noexcept = 0;
  virtual void drop() noexcept = 0;

  [[nodiscard]] const Shared<FactoryOverrides> &factories() const noexcept {
    return factories_;
  }

protected:
  virtual ~ScopeSource() = default;

private:
  const Shared<FactoryOverrides> factories_;
};

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_SCOPE_SOURCE_H
