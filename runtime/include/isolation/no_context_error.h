// NoContextError: the ambient context was asked for where there is none.
//
// Example:
//
//   #include <isolation/ambient_context.h>
//
//   bool served_here() {
//     try {
//       return !isolation::current_context().ended();
//     } catch (const isolation::NoContextError &) {
//       return false; // neither a ContextGuard nor a ProcessContext
//     }
//   }
//
// Ownership: owns its text. Thread-safety: a value.

#ifndef ISOLATION_NO_CONTEXT_ERROR_H
#define ISOLATION_NO_CONTEXT_ERROR_H

#include <isolation/error.h>

namespace isolation {

class ISOLATION_EXPORT NoContextError : public Error {
public:
  NoContextError()
      : Error("no context: install a ContextGuard for the request (or bind() "
              "the function), or a ProcessContext for the program") {}
};

} // namespace isolation

#endif // ISOLATION_NO_CONTEXT_ERROR_H
