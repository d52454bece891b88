// How a context begins that is not served at first sight, or may be refused.
//
// Out of line, where a caller's usual way does not lead.
//
// Part of user_execution_context.h, which includes it.

#ifndef ISOLATION_DETAIL_CONTEXT_BEGINNING_H
#define ISOLATION_DETAIL_CONTEXT_BEGINNING_H

#include <isolation/user_execution_context.h>

#include <cstddef>
#include <optional>
#include <string_view>

namespace isolation {

ISOLATION_NOINLINE inline UserExecutionContext
UserExecutionContext::create_at_length(
    detail::ScopeSource *source, const Identity &identity,
    const IdentityRules &rules ISOLATION_PLACE_ARGUMENT) {
  if (const IdentityProblem problem = detail::check_identity(identity, rules);
      !problem.reason.empty())
    detail::raise(InvalidContextError(problem.field, problem.reason));
  return begin_checked(source, identity ISOLATION_PLACE);
}

inline std::optional<UserExecutionContext> UserExecutionContext::try_create_in(
    detail::ScopeSource *source, const Identity &identity,
    IdentityProblem *problem,
    const IdentityRules &rules ISOLATION_PLACE_ARGUMENT) {
  if (detail::RequestScope *const scope = begin_plain(source, identity, rules);
      ISOLATION_LIKELY(scope != nullptr))
    return begun(*scope ISOLATION_PLACE);
  const IdentityProblem found = detail::check_identity(identity, rules);
  if (found.reason.empty())
    return begin_checked(source, identity ISOLATION_PLACE);
  if (problem)
    *problem = found;
  return std::nullopt;
}

/// Generates a request id if there is none.
inline UserExecutionContext UserExecutionContext::begin_checked(
    detail::ScopeSource *source,
    const Identity &identity ISOLATION_PLACE_ARGUMENT) {
  detail::IdViews ids(identity);
  std::string_view &request =
      ids.text[static_cast<std::size_t>(detail::IdField::Request)];
  if (!request.empty())
    return begin_with(source, ids ISOLATION_PLACE);
  const detail::RequestId generated;
  request = generated.view();
  return begin_with(source, ids ISOLATION_PLACE);
}

} // namespace isolation

#endif // ISOLATION_DETAIL_CONTEXT_BEGINNING_H
