// RequestEndedError: a request's objects were asked for after its end.
//
// Example:
//
//   #include <isolation/per_request.h>
//
//   struct Cart { int items = 0; };
//   inline constexpr isolation::PerRequest<Cart> cart;
//
//   bool has_cart(const isolation::UserExecutionContext &context) {
//     try {
//       return cart.peek(context) != nullptr;
//     } catch (const isolation::RequestEndedError &) {
//       return false;
//     }
//   }
//
// Also thrown for a context that was moved from: it names no request any more.
// Ownership: owns its text. Thread-safety: a value.

#ifndef ISOLATION_REQUEST_ENDED_ERROR_H
#define ISOLATION_REQUEST_ENDED_ERROR_H

#include <isolation/error.h>

namespace isolation {

class ISOLATION_EXPORT RequestEndedError : public Error {
public:
  using Error::Error;
};

} // namespace isolation

#endif // ISOLATION_REQUEST_ENDED_ERROR_H
