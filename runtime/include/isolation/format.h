// A context in std::format, where the standard library has it (C++20).
//
// Example:
//
//   #include <isolation/format.h>
//   #include <string>
//
//   std::string line(const isolation::UserExecutionContext &context) {
//   #if defined(__cpp_lib_format)
//     return std::format("serving {}", context);
//   #else
//     return std::string("serving ") + std::string(context.user_id());
//   #endif
//   }
//
// Prints what `operator<<` does: ids, operation, and metadata that is not
// secret. Takes no format options. Apart from the other headers because
// <format> takes longer to compile than all of them.

#ifndef ISOLATION_FORMAT_H
#define ISOLATION_FORMAT_H

#include <isolation/user_execution_context.h>

#if defined(__has_include)
#if __has_include(<version>)
#include <version>
#endif
#endif

#if defined(__cpp_lib_format)
#include <format>

template <> struct std::formatter<isolation::UserExecutionContext> {
  constexpr auto parse(std::format_parse_context &context) {
    return context.begin();
  }
  auto format(const isolation::UserExecutionContext &value,
              std::format_context &context) const {
    return std::format_to(context.out(), "{}",
                          isolation::detail::format_context(value));
  }
};
#endif

#endif // ISOLATION_FORMAT_H
