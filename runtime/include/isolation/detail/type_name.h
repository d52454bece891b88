// A type's name for messages, without RTTI.

#ifndef ISOLATION_DETAIL_TYPE_NAME_H
#define ISOLATION_DETAIL_TYPE_NAME_H

#include <string_view>

namespace isolation::detail {

/// As the compiler spells it: two compilers may spell it differently.
template <class T> constexpr std::string_view type_name() noexcept {
#if defined(__GNUC__)
  // gcc: "... [with T = X; std::string_view = ...]"; clang: "... [T = X]".
  constexpr std::string_view signature = __PRETTY_FUNCTION__;
  constexpr std::size_t begin = signature.find("T = ") + 4;
  constexpr std::size_t semicolon = signature.find("; std::", begin);
  constexpr std::size_t end =
      semicolon == std::string_view::npos ? signature.size() - 1 : semicolon;
  return signature.substr(begin, end - begin);
#else
  return "object";
#endif
}

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_TYPE_NAME_H
