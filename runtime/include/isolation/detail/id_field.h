// IdField: the ids of an identity in their fixed order, and their names.
//
// The order is that of Identity's members and of PackedIds' bytes; a new id is
// added in Identity, here, and in IdViews' constructor.

#ifndef ISOLATION_DETAIL_ID_FIELD_H
#define ISOLATION_DETAIL_ID_FIELD_H

#include <isolation/identity.h>

#include <cstddef>
#include <string_view>

namespace isolation::detail {

enum class IdField : unsigned char { User, Thread, Run, Request, Websocket };

inline constexpr std::size_t id_field_count = 5;

constexpr std::string_view id_field_name(std::size_t field) noexcept {
  constexpr std::string_view names[id_field_count] = {
      "user_id", "thread_id", "run_id", "request_id", "websocket_client_id"};
  return names[field];
}

/// The texts of an identity, as an array. Borrows.
struct IdViews {
  IdViews() noexcept = default;
  explicit IdViews(const Identity &identity) noexcept
      : text{identity.user_id.view(), identity.thread_id.view(),
             identity.run_id.view(), identity.request_id.view(),
             identity.websocket_client_id.view()} {}

  std::string_view text[id_field_count];
};

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_ID_FIELD_H
