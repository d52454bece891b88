// Whether an identity may be served, by the ids it is made of.
//
// Nearly all may at first sight (copy_plain_ids), which is all that their
// requests pay; check_identity() finds out about the others, and says why.
//
// Thread-safety: pure functions. Errors: returned, never thrown.

#ifndef ISOLATION_DETAIL_IDENTITY_CHECK_H
#define ISOLATION_DETAIL_IDENTITY_CHECK_H

#include <isolation/detail/config.h>
#include <isolation/detail/id_field.h>
#include <isolation/detail/identity_validation.h>
#include <isolation/identity.h>
#include <isolation/identity_rules.h>
#include <isolation/invalid_context_error.h>

#include <cstddef>
#include <string_view>

namespace isolation::detail {

inline IdentityProblem check_id(std::size_t field, const IdText &id) noexcept {
  constexpr auto request = static_cast<std::size_t>(IdField::Request);
  if (!id.given())
    return field < request ? IdentityProblem{id_field_name(field), "is missing"}
                           : IdentityProblem{};
  if (field == request && id.view().empty())
    return {};
  return {id_field_name(field), why_not_an_id(id.view())};
}

/// No reason when the identity may be served.
ISOLATION_NOINLINE inline IdentityProblem
check_identity(const Identity &identity, const IdentityRules &rules) noexcept {
  const IdText *const ids[id_field_count] = {
      &identity.user_id, &identity.thread_id, &identity.run_id,
      &identity.request_id, &identity.websocket_client_id};
  for (std::size_t i = 0; i != id_field_count; ++i)
    if (!ISOLATION_LIKELY(is_plainly_an_id(ids[i]->view())))
      if (const IdentityProblem problem = check_id(i, *ids[i]);
          !problem.reason.empty())
        return problem;
  if (ISOLATION_LIKELY(rules.empty()))
    return {};
  for (std::size_t i = 0; i != id_field_count; ++i)
    if (rules.refuse(ids[i]->view()))
      return {id_field_name(i), "is a placeholder, not an id"};
  return {};
}

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_IDENTITY_CHECK_H
