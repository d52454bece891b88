// Unicode, as far as ids need it: code points, which of them do not show, and
// which do harm where they do.
//
// Thread-safety: pure functions. Errors: returned, never thrown.

#ifndef ISOLATION_DETAIL_CODE_POINTS_H
#define ISOLATION_DETAIL_CODE_POINTS_H

#include <isolation/detail/config.h>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace isolation::detail {

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

/// Spaces, and what does not show: what Unicode calls default-ignorable (zero
/// width, marks, fillers, selectors, tags), and an empty Braille pattern.
constexpr bool is_blank_code_point(std::int32_t c) noexcept {
  return c == ' ' || c == 0xa0 || c == 0xad || c == 0x34f || c == 0x61c ||
         c == 0x115f || c == 0x1160 || c == 0x1680 || c == 0x17b4 ||
         c == 0x17b5 || (c >= 0x180b && c <= 0x180f) ||
         (c >= 0x2000 && c <= 0x200f) || c == 0x202f ||
         (c >= 0x205f && c <= 0x206f) || c == 0x2800 || c == 0x3000 ||
         c == 0x3164 || (c >= 0xfe00 && c <= 0xfe0f) || c == 0xfeff ||
         c == 0xffa0 || (c >= 0xfff0 && c <= 0xfff8) ||
         (c >= 0x1bca0 && c <= 0x1bca3) || (c >= 0x1d173 && c <= 0x1d17a) ||
         (c >= 0xe0000 && c <= 0xe0fff);
}

/// Control characters (C0, DEL, C1), line separators, and what turns the
/// direction of the text that follows.
constexpr bool is_control_code_point(std::int32_t c) noexcept {
  return c < ' ' || (c >= 0x7f && c < 0xa0) || (c >= 0x2028 && c <= 0x202e) ||
         (c >= 0x2066 && c <= 0x2069);
}

constexpr bool is_visible_ascii(char c) noexcept { return c > ' ' && c < 0x7f; }

/// `text` is UTF-8.
ISOLATION_NOINLINE inline std::string_view
cut_off_blanks(std::string_view text) noexcept {
  while (!text.empty()) {
    std::size_t after = 0;
    if (!is_blank_code_point(next_code_point(text, after)))
      break;
    text.remove_prefix(after);
  }
  while (!text.empty()) {
    std::size_t last = text.size() - 1;
    while (last != 0 && (text[last] & 0xc0) == 0x80)
      --last;
    std::size_t after = last;
    if (!is_blank_code_point(next_code_point(text, after)))
      break;
    text.remove_suffix(text.size() - last);
  }
  return text;
}

/// The same, for text that usually has none.
inline std::string_view without_blanks_around(std::string_view text) noexcept {
  const bool none = !text.empty() && is_visible_ascii(text.front()) &&
                    is_visible_ascii(text.back());
  return ISOLATION_LIKELY(none) ? text : cut_off_blanks(text);
}

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_CODE_POINTS_H
