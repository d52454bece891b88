// What makes an id acceptable.
//
// An id is refused that is missing, empty, blank, over 256 bytes long, not
// UTF-8, holds a control character (C0, DEL, C1), or is a placeholder: text
// that stands where a real id was forgotten, so that all users for whom it was
// forgotten would share one identity. The list is `placeholders` below (and in
// docs/runtime.md), compared without regard to ASCII case and to
// spaces around it; the nil UUID is one too.
//
// Thread-safety: pure functions. Errors: returned, never thrown.

#ifndef ISOLATION_DETAIL_IDENTITY_VALIDATION_H
#define ISOLATION_DETAIL_IDENTITY_VALIDATION_H

#include <isolation/detail/config.h>
#include <isolation/detail/id_field.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace isolation::detail {

inline constexpr std::size_t max_id_bytes = 256;

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

constexpr std::string_view
without_spaces_around(std::string_view text) noexcept {
  while (!text.empty() && text.front() == ' ')
    text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ')
    text.remove_suffix(1);
  return text;
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

inline bool is_placeholder(std::string_view text) noexcept {
  text = without_spaces_around(text);
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

/// Which of eight bytes are no printable ASCII: the top bit of each is set.
constexpr std::uint64_t unprintable(std::uint64_t word) noexcept {
  constexpr std::uint64_t ones = 0x0101010101010101u;
  constexpr std::uint64_t tops = 0x8080808080808080u;
  const std::uint64_t below_space = (word - ones * ' ') & ~word;
  const std::uint64_t delete_as_zero = word ^ (ones * 0x7f);
  return (word | below_space | ((delete_as_zero - ones) & ~delete_as_zero)) &
         tops;
}

template <class Word> std::uint64_t load_word(const char *from) noexcept {
  Word word;
  std::memcpy(&word, from, sizeof word);
  return word;
}

/// Sixteen bytes at once, all of them of one text or twice eight.
#if ISOLATION_VECTORS
using Block = signed char __attribute__((vector_size(16)));

/// Bytes past 0x7f are negative, and so below a space too.
inline Block unprintable(Block bytes) noexcept {
  return (bytes < static_cast<signed char>(' ')) |
         (bytes == static_cast<signed char>(0x7f));
}
inline Block either(Block a, Block b) noexcept { return a | b; }
#else
struct Block {
  std::uint64_t halves[2];
};
inline Block unprintable(Block bytes) noexcept {
  return {{unprintable(bytes.halves[0]), unprintable(bytes.halves[1])}};
}
inline Block either(Block a, Block b) noexcept {
  return {{a.halves[0] | b.halves[0], a.halves[1] | b.halves[1]}};
}
#endif

inline Block load_block(const char *from) noexcept {
  Block block;
  std::memcpy(&block, from, sizeof block);
  return block;
}
inline Block load_halves(const char *first, const char *second) noexcept {
  char both[16];
  std::memcpy(both, first, 8);
  std::memcpy(both + 8, second, 8);
  return load_block(both);
}
inline bool is_zero(Block block) noexcept {
  std::uint64_t halves[2];
  std::memcpy(halves, &block, sizeof block);
  return (halves[0] | halves[1]) == 0;
}

ISOLATION_NOINLINE inline Block
unprintable_in_long(std::string_view text) noexcept {
  Block found{};
  for (std::size_t at = 32; at + 32 < text.size(); at += 16)
    found = either(found, unprintable(load_block(text.data() + at)));
  return found;
}

/// Whether all bytes are ASCII and none is a control character: from both ends
/// towards the middle, with some bytes seen twice, because nearly every id is
/// short and such text.
inline bool is_printable_ascii(std::string_view text) noexcept {
  const char *const first = text.data();
  const std::size_t size = text.size();
  const char *const last = first + size;
  if (size >= 16) {
    Block found = either(unprintable(load_block(first)),
                         unprintable(load_block(last - 16)));
    if (size > 32)
      found = either(found, either(unprintable(load_block(first + 16)),
                                   unprintable(load_block(last - 32))));
    if (!ISOLATION_LIKELY(size <= 64))
      found = either(found, unprintable_in_long(text));
    return is_zero(found);
  }
  if (size >= 8)
    return is_zero(unprintable(load_halves(first, last - 8)));
  if (size >= 4)
    return unprintable(load_word<std::uint32_t>(first) |
                       load_word<std::uint32_t>(last - 4) << 32) == 0;
  for (const char c : text)
    if (c < ' ' || c == 0x7f)
      return false;
  return true;
}

/// One code point from `text` at `at`, moving `at` past it; -1 when the bytes
/// are not UTF-8 (over-long forms, surrogates and values past U+10FFFF too).
inline std::int32_t next_code_point(std::string_view text,
                                    std::size_t &at) noexcept {
  const auto byte = [&](std::size_t i) {
    return static_cast<std::int32_t>(static_cast<unsigned char>(text[i]));
  };
  const std::int32_t lead = byte(at);
  if (lead < 0x80)
    return ++at, lead;
  const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || text.size() - at < length)
    return -1;
  std::int32_t value = lead & (0xff >> (length + 1));
  for (std::size_t i = 1; i != length; ++i) {
    if ((byte(at + i) & 0xc0) != 0x80)
      return -1;
    value = (value << 6) | (byte(at + i) & 0x3f);
  }
  if ((length == 3 && value < 0x800) || (length == 4 && value < 0x10000) ||
      (value >= 0xd800 && value <= 0xdfff) || value > 0x10ffff)
    return -1;
  at += length;
  return value;
}

constexpr bool is_blank_code_point(std::int32_t c) noexcept {
  return c == ' ' || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200d) ||
         c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f ||
         c == 0x2060 || c == 0x3000 || c == 0xfeff;
}

/// Why `text`, which holds more than printable ASCII, cannot be an id.
ISOLATION_NOINLINE inline std::string_view
why_no_unicode_id(std::string_view text) noexcept {
  bool blank = true;
  for (std::size_t at = 0; at != text.size();) {
    const std::int32_t c = next_code_point(text, at);
    if (c < 0)
      return "is not valid UTF-8";
    if (c < ' ' || (c >= 0x7f && c < 0xa0))
      return "contains a control character";
    blank = blank && is_blank_code_point(c);
  }
  if (blank)
    return "is blank";
  return is_placeholder(text) ? "is a placeholder, not an id"
                              : std::string_view();
}

/// Whether `text` is an id at first sight, as nearly all are. Those that are
/// not may still be ids.
inline bool is_plainly_an_id(std::string_view text) noexcept {
  return text.size() >= 4 && text.size() <= 64 && is_printable_ascii(text) &&
         text.front() != ' ' && text.back() != ' ' &&
         (text.size() > longest_placeholder
              ? text.front() != '0'
              : !placeholder_index.may_be_one(text));
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
  if (without_spaces_around(text).empty())
    return "is blank";
  return is_placeholder(text) ? "is a placeholder, not an id"
                              : std::string_view();
}

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_IDENTITY_VALIDATION_H
