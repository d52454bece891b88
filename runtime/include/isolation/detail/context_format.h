// How a context prints, for logs.
//
//   {user="u" thread="t" run="r" request="q" operation="a/b" tenant="7"}
//
// Quotes and backslashes are escaped, so that no id can pass for another field;
// and whatever could break a line or change how one shows, by a letter (`\n`)
// or by its bytes (`\xNN`), so that no metadata can pass for another entry of
// the log: control characters, Unicode's line separators and direction marks,
// bytes that are no UTF-8. Metadata follows the ids, but for what is marked
// secret.
//
// Part of user_execution_context.h, which includes it.

#ifndef ISOLATION_DETAIL_CONTEXT_FORMAT_H
#define ISOLATION_DETAIL_CONTEXT_FORMAT_H

#include <isolation/detail/code_points.h>
#include <isolation/user_execution_context.h>

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>

namespace isolation {

namespace detail {

inline void append_escaped_byte(std::string &out, char c) {
  const auto byte = static_cast<unsigned char>(c);
  constexpr const char *digits = "0123456789abcdef";
  const char letter = c == '\n' ? 'n' : c == '\r' ? 'r' : c == '\t' ? 't' : 'x';
  out.append(1, '\\').append(1, letter);
  if (letter == 'x')
    out.append(1, digits[byte >> 4]).append(1, digits[byte & 15]);
}

inline void append_escaped(std::string &out, std::string_view text) {
  for (std::size_t at = 0; at != text.size();) {
    const std::size_t begin = at;
    const std::int32_t c = next_code_point(text, at);
    if (c < 0)
      append_escaped_byte(out, text[at++]);
    else if (is_control_code_point(c))
      for (const char byte : text.substr(begin, at - begin))
        append_escaped_byte(out, byte);
    else
      out.append(c == '"' || c == '\\' ? "\\" : "")
          .append(text, begin, at - begin);
  }
}

inline void append_field(std::string &out, std::string_view name,
                         std::string_view value) {
  if (out.size() > 1)
    out += ' ';
  append_escaped(out, name);
  out += "=\"";
  append_escaped(out, value);
  out += '"';
}

inline void append_path(std::string &out, const UserExecutionContext &context) {
  if (const auto parent = context.parent();
      parent && !parent->operation().empty()) {
    append_path(out, *parent);
    out += '/';
  }
  out += context.operation();
}

inline std::string format_context(const UserExecutionContext &context) {
  std::string out = "{";
  append_field(out, "user", context.user_id());
  append_field(out, "thread", context.thread_id());
  append_field(out, "run", context.run_id());
  append_field(out, "request", context.request_id());
  if (const auto websocket = context.websocket_client_id())
    append_field(out, "websocket", *websocket);
  if (!context.operation().empty()) {
    std::string path;
    append_path(path, context);
    append_field(out, "operation", path);
  }
  const RequestExtras *const extras = ContextAccess::scope(context).extras();
  if (extras && extras->details)
    extras->append_details(out, *extras->details);
  return out += '}';
}

} // namespace detail

template <class Traits>
std::basic_ostream<char, Traits> &
operator<<(std::basic_ostream<char, Traits> &out,
           const UserExecutionContext &context) {
  return out << detail::format_context(context);
}

} // namespace isolation

#endif // ISOLATION_DETAIL_CONTEXT_FORMAT_H
