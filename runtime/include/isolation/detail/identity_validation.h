// What makes an id acceptable.
//
// An id is refused that is missing, empty, blank, over 256 bytes long, not
// UTF-8, holds a control character (or another that is_control_code_point()
// names), or is a placeholder: text that stands where a real id was forgotten,
// so that all users for whom it was forgotten would share one identity. The
// list is `placeholders` below (and in docs/runtime.md), compared without
// regard to ASCII case and to what is around it that does not show; the nil
// UUID is one too.
//
// Thread-safety: pure functions. Errors: returned, never thrown.

#ifndef ISOLATION_DETAIL_IDENTITY_VALIDATION_H
#define ISOLATION_DETAIL_IDENTITY_VALIDATION_H

#include <isolation/detail/code_points.h>
#include <isolation/detail/config.h>
#include <isolation/detail/id_field.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace isolation::detail {

inline constexpr std::size_t max_id_bytes = 256;
/// Of an id that is one at first sight.
inline constexpr std::size_t longest_plain_id = 64;

/// Ordered by length, see PlaceholderIndex.
inline constexpr std::string_view placeholders[] = {
    "n/a",      "nan",       "nil",       "tbd",       "null",
    "none",     "todo",      "dummy",     "empty",     "unset",
    "(null)",   "string",    "default",   "nullptr",   "unknown",
    "changeme", "anonymous", "change_me", "undefined", "placeholder"};
inline constexpr std::size_t placeholder_count =
    sizeof placeholders / sizeof placeholders[0];
inline constexpr std::size_t shortest_placeholder = 3;
inline constexpr std::size_t longest_placeholder = 11;
inline constexpr std::string_view nil_uuid =
    "00000000-0000-0000-0000-000000000000";

constexpr char ascii_lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

constexpr bool equal_but_for_case(std::string_view a,
                                  std::string_view b) noexcept {
  if (a.size() != b.size())
    return false;
  for (std::size_t i = 0; i != a.size(); ++i)
    if (ascii_lower(a[i]) != ascii_lower(b[i]))
      return false;
  return true;
}

/// By length: where in the list its words begin (and one more, to say where the
/// last ones end), and the low five bits of their first characters.
struct PlaceholderIndex {
  constexpr PlaceholderIndex() noexcept {
    std::size_t at = 0;
    for (std::size_t length = 0; length <= longest_placeholder; ++length) {
      begin[length] = static_cast<unsigned char>(at);
      for (; at != placeholder_count && placeholders[at].size() == length; ++at)
        first[length] |= std::uint32_t{1} << (placeholders[at].front() & 31);
    }
    begin[longest_placeholder + 1] = static_cast<unsigned char>(at);
  }

  [[nodiscard]] constexpr bool may_be_one(std::string_view text) const {
    return (first[text.size()] >> (text.front() & 31)) & 1;
  }

  unsigned char begin[longest_placeholder + 2] = {};
  std::uint32_t first[longest_placeholder + 1] = {};
};
inline constexpr PlaceholderIndex placeholder_index;

/// Without blanks around it, and not empty.
inline bool is_placeholder(std::string_view text) noexcept {
  if (text.size() > longest_placeholder)
    return text.front() == '0' && text == nil_uuid;
  if (!placeholder_index.may_be_one(text))
    return false;
  for (std::size_t i = placeholder_index.begin[text.size()];
       i != placeholder_index.begin[text.size() + 1]; ++i)
    if (equal_but_for_case(text, placeholders[i]))
      return true;
  return false;
}

template <class Word> std::uint64_t load_word(const char *from) noexcept {
  Word word;
  std::memcpy(&word, from, sizeof word);
  return word;
}

/// Looks whether bytes are printable ASCII, sixteen at once; what it has seen
/// of one text or of many it tells in the end.
class PrintableAscii {
public:
  void see(const char *sixteen) noexcept {
    std::uint64_t words[2];
    std::memcpy(words, sixteen, sizeof words);
    add(words[0], words[1]);
  }
  void see_eight_twice(const char *first, const char *second) noexcept {
    add(load_word<std::uint64_t>(first), load_word<std::uint64_t>(second));
  }
  void see_four_twice(const char *first, const char *second) noexcept {
    const std::uint64_t both = load_word<std::uint32_t>(first) |
                               load_word<std::uint32_t>(second) << 32;
    add(both, both);
  }

#if ISOLATION_VECTORS
  [[nodiscard]] bool all() const noexcept {
    const Bytes past = seen_ > highest - lowest;
    std::uint64_t words[2];
    std::memcpy(words, &past, sizeof past);
    return (words[0] | words[1]) == 0;
  }

private:
  using Bytes = unsigned char __attribute__((vector_size(16)));
  static constexpr unsigned char lowest = ' ';
  static constexpr unsigned char highest = '~';

  void add(std::uint64_t a, std::uint64_t b) noexcept {
    const std::uint64_t words[] = {a, b};
    Bytes bytes;
    std::memcpy(&bytes, words, sizeof bytes);
    bytes -= lowest;                       // those below wrap around
    seen_ = bytes > seen_ ? bytes : seen_; // the highest of each place
  }

  Bytes seen_ = {};
#else
  [[nodiscard]] bool all() const noexcept { return found_ == 0; }

private:
  void add(std::uint64_t a, std::uint64_t b) noexcept {
    found_ |= unprintable(a) | unprintable(b);
  }
  /// Which of eight bytes are no printable ASCII: the top bit of each is set.
  static constexpr std::uint64_t unprintable(std::uint64_t word) noexcept {
    constexpr std::uint64_t ones = 0x0101010101010101u;
    constexpr std::uint64_t tops = 0x8080808080808080u;
    const std::uint64_t below_space = (word - ones * ' ') & ~word;
    const std::uint64_t delete_as_zero = word ^ (ones * 0x7f);
    return (word | below_space | ((delete_as_zero - ones) & ~delete_as_zero)) &
           tops;
  }

  std::uint64_t found_ = 0;
#endif
};

ISOLATION_NOINLINE inline bool
is_printable_ascii_past_32(std::string_view text) noexcept {
  PrintableAscii seen;
  for (std::size_t at = 32; at + 16 < text.size(); at += 16)
    seen.see(text.data() + at);
  return seen.all();
}

/// Shows the whole `text`, of at least four bytes and at most 64: from both
/// ends towards the middle, with some bytes seen twice, because nearly every id
/// is short.
template <class Seen>
inline void look_at(std::string_view text, Seen &seen) noexcept {
  const char *const first = text.data();
  const std::size_t size = text.size();
  const char *const last = first + size;
  if (size >= 16) {
    seen.see(first);
    seen.see(last - 16);
    if (size > 32) {
      seen.see(first + 16);
      seen.see(last - 32);
    }
  } else if (size >= 8) {
    seen.see_eight_twice(first, last - 8);
  } else {
    seen.see_four_twice(first, last - 4);
  }
}

/// Whether all bytes are ASCII and none is a control character.
inline bool is_printable_ascii(std::string_view text) noexcept {
  if (text.size() < 4) {
    for (const char c : text)
      if (c < ' ' || c == 0x7f)
        return false;
    return true;
  }
  PrintableAscii seen;
  if (text.size() <= 64) {
    look_at(text, seen);
    return seen.all();
  }
  look_at(text.substr(0, 32), seen);
  look_at(text.substr(text.size() - 16), seen);
  return seen.all() && is_printable_ascii_past_32(text);
}

/// Why `text`, which holds nothing that is refused, says nothing.
inline std::string_view why_no_word(std::string_view text) noexcept {
  text = without_blanks_around(text);
  if (text.empty())
    return "is blank";
  return is_placeholder(text) ? "is a placeholder, not an id"
                              : std::string_view();
}

/// Why `text`, which holds more than printable ASCII, cannot be an id.
ISOLATION_NOINLINE inline std::string_view
why_no_unicode_id(std::string_view text) noexcept {
  for (std::size_t at = 0; at != text.size();) {
    const std::int32_t c = next_code_point(text, at);
    if (c < 0)
      return "is not valid UTF-8";
    if (is_control_code_point(c))
      return "contains a control character";
  }
  return why_no_word(text);
}

/// Whether `text` is an id at first sight, as nearly all are, provided that all
/// it shows to `seen` is printable. Those that are not may still be ids.
template <class Seen>
inline bool is_plainly_an_id_if_printable(std::string_view text,
                                          Seen &seen) noexcept {
  if (!ISOLATION_LIKELY(text.size() >= 4 && text.size() <= longest_plain_id))
    return false;
  look_at(text, seen);
  return text.front() != ' ' && text.back() != ' ' &&
         (text.size() > longest_placeholder
              ? text.front() != '0'
              : !placeholder_index.may_be_one(text));
}

inline bool is_plainly_an_id(std::string_view text) noexcept {
  PrintableAscii seen;
  return is_plainly_an_id_if_printable(text, seen) && seen.all();
}

/// The reason why `text` cannot be an id, empty when it can.
ISOLATION_NOINLINE inline std::string_view
why_not_an_id(std::string_view text) noexcept {
  if (text.empty())
    return "is empty";
  if (text.size() > max_id_bytes)
    return "is longer than 256 bytes";
  if (!is_printable_ascii(text))
    return why_no_unicode_id(text);
  return why_no_word(text);
}

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_IDENTITY_VALIDATION_H
