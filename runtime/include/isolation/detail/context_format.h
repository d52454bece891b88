// How a context prints, for logs.
//
//   {user="u" thread="t" run="r" request="q" operation="a/b" tenant="7"}
//
// Quotes and backslashes are escaped, so that no id can pass for another field.
// Metadata follows the ids, but for what is marked secret.
//
// Part of user_execution_context.h, which includes it.

#ifndef ISOLATION_DETAIL_CONTEXT_FORMAT_H
#define ISOLATION_DETAIL_CONTEXT_FORMAT_H

#include <isolation/user_execution_context.h>

#include <iosfwd>
#include <string>
#include <string_view>

namespace isolation {

namespace detail {

inline void append_escaped(std::string &out, std::string_view text) {
  for (const char c : text) {
    if (c == '"' || c == '\\')
      out += '\\';
    out += c;
  }
}

inline void append_field(std::string &out, std::string_view name,
                         std::string_view value) {
  if (out.size() > 1)
    out += ' ';
  out.append(name).append("=\"");
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
