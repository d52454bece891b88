// Error: the base of everything this library throws.
//
// Example:
//
//   #include <isolation/error.h>
//   #include <cstdio>
//
//   template <class Handler> void guarded(Handler handle_request) {
//     try {
//       handle_request();
//     } catch (const isolation::Error &error) {
//       std::fprintf(stderr, "request refused: %s\n", error.what());
//     }
//   }
//
// Shape: a message; the classes derived from it add what went wrong as data.
// Ownership: owns its text. Thread-safety: that of any value.
// Errors: copying may run out of memory where the standard library's own
// exceptions may.

#ifndef ISOLATION_ERROR_H
#define ISOLATION_ERROR_H

#include <isolation/detail/config.h>

#include <stdexcept>
#include <string>

namespace isolation {

class ISOLATION_EXPORT Error : public std::runtime_error {
public:
  explicit Error(const std::string &message) : std::runtime_error(message) {}
};

} // namespace isolation

#endif // ISOLATION_ERROR_H
