// ContextAccess: the way from a context to its scope, for the rest of this
// library.
//
// Part of user_execution_context.h, which includes it.

#ifndef ISOLATION_DETAIL_CONTEXT_ACCESS_H
#define ISOLATION_DETAIL_CONTEXT_ACCESS_H

#include <isolation/detail/hidden_ambient.h>
#include <isolation/user_execution_context.h>

#include <optional>

namespace isolation::detail {

struct ContextAccess {
  static RequestScope &scope(const UserExecutionContext &context) {
    return *context.node().scope;
  }
  /// Those of a context that was moved from are empty.
  static const SlotTable &slots(const UserExecutionContext &context) noexcept {
    return context.node_.slots();
  }

  static UserExecutionContext
  create(const Identity &identity, const IdentityRules &rules,
         ScopeSource &source ISOLATION_PLACE_PARAMETER) {
    return UserExecutionContext::create_in(&source, identity,
                                           rules ISOLATION_PLACE);
  }
  static std::optional<UserExecutionContext>
  try_create(const Identity &identity, IdentityProblem *problem,
             const IdentityRules &rules,
             ScopeSource &source ISOLATION_PLACE_PARAMETER) {
    return UserExecutionContext::try_create_in(&source, identity, problem,
                                               rules ISOLATION_PLACE);
  }
  /// Null for a context that was moved from.
  static const ObjectStore *
  store_if_any(const UserExecutionContext &context) noexcept {
    return context.node_ ? context.node_->scope : nullptr;
  }

  /// For one that was begun just now.
  template <class Details>
  static void add(const UserExecutionContext &context, const Details &details) {
    context.add(details);
  }

  /// A copy that will not leave the thread, see ScopeLock.
  static UserExecutionContext copy_for_this_thread(
      const UserExecutionContext &context ISOLATION_PLACE_PARAMETER) {
    return UserExecutionContext::another(context.node() ISOLATION_PLACE);
  }
};

ISOLATION_NOINLINE inline bool
HiddenAmbient::hide_unless_of(const ObjectStore &store, void *memory) noexcept {
  const UserExecutionContext *const shown = innermost_ambient->context;
  if (!shown || ContextAccess::store_if_any(*shown) == &store)
    return false;
  (::new (memory) AmbientEntry(nullptr))->push();
  return true;
}

} // namespace isolation::detail

// It asks for the scope, so it comes behind whichever header came first.
#include <isolation/detail/context_format.h>

#endif // ISOLATION_DETAIL_CONTEXT_ACCESS_H
