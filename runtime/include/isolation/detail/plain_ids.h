// copy_plain_ids: an identity's ids, looked at and copied in one go.
//
// Nearly all ids are ids at first sight. Those of a request are copied anyway,
// so each is read once for both: what is seen is what is kept. Whoever is not
// so plain (other alphabets, a single digit, a zero in front) is left to
// check_identity(), which finds out, and says why not.
//
// Thread-safety: pure functions. Errors: returned, never thrown.

#ifndef ISOLATION_DETAIL_PLAIN_IDS_H
#define ISOLATION_DETAIL_PLAIN_IDS_H

#include <isolation/detail/config.h>
#include <isolation/detail/id_field.h>
#include <isolation/detail/identity_validation.h>
#include <isolation/detail/packed_ids.h>
#include <isolation/detail/request_id.h>
#include <isolation/identity.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace isolation::detail {

/// Shows what it is shown to another one, and copies it.
class CopiedAscii {
public:
  CopiedAscii(PrintableAscii &seen, const char *from, char *to) noexcept
      : seen_(seen), from_(from), to_(to) {}

  void see(const char *sixteen) noexcept {
    seen_.see(sixteen);
    copy<std::uint64_t[2]>(sixteen);
  }
  void see_eight_twice(const char *first, const char *second) noexcept {
    seen_.see_eight_twice(first, second);
    copy<std::uint64_t>(first);
    copy<std::uint64_t>(second);
  }
  void see_four_twice(const char *first, const char *second) noexcept {
    seen_.see_four_twice(first, second);
    copy<std::uint32_t>(first);
    copy<std::uint32_t>(second);
  }

private:
  template <class Word> void copy(const char *from) noexcept {
    Word word;
    std::memcpy(&word, from, sizeof word);
    std::memcpy(to_ + (from - from_), &word, sizeof word);
  }

  PrintableAscii &seen_;
  const char *const from_;
  char *const to_;
};

inline constexpr std::size_t most_plain_bytes =
    id_field_count * longest_plain_id;

/// Copies the ids to `bytes`, which has room for most_plain_bytes, and says
/// where each ends; false, if one of them is not plainly an id. Puts a
/// generated request id where there is none.
inline bool copy_plain_ids(const Identity &identity, char *bytes,
                           IdEnds &ends) noexcept {
  static constexpr IdText Identity::*fields[id_field_count] = {
      &Identity::user_id, &Identity::thread_id, &Identity::run_id,
      &Identity::request_id, &Identity::websocket_client_id};
  PrintableAscii seen; // what all ids are made of is looked at together
  std::size_t at = 0;
  for (std::size_t i = 0; i != id_field_count; ++i) {
    const IdText &id = identity.*fields[i];
    const std::string_view text = id.view();
    CopiedAscii copied(seen, text.data(), bytes + at);
    if (ISOLATION_LIKELY(is_plainly_an_id_if_printable(text, copied))) {
      at += text.size();
    } else if (i == static_cast<std::size_t>(IdField::Request) &&
               text.empty()) {
      const RequestId generated;
      std::memcpy(bytes + at, generated.view().data(), generated.view().size());
      at += generated.view().size();
    } else if (i != static_cast<std::size_t>(IdField::Websocket) ||
               id.given()) {
      return false;
    }
    ends.at[i] = at;
  }
  return seen.all();
}

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_PLAIN_IDS_H
