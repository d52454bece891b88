// NoDomainError: a user's or conversation's state was asked for without one.
//
// Example:
//
//   #include <isolation/per_user.h>
//
//   struct Preferences { bool dark = false; };
//   inline constexpr isolation::PerUser<Preferences> preferences;
//
//   bool is_dark(const isolation::UserExecutionContext &context) {
//     try {
//       return preferences
//           .get_or_create(context, [] { return Preferences(); })
//           .dark;
//     } catch (const isolation::NoDomainError &) {
//       return false; // the context was not begun by a Domain
//     }
//   }
//
// Ownership: owns its text. Thread-safety: a value.

#ifndef ISOLATION_NO_DOMAIN_ERROR_H
#define ISOLATION_NO_DOMAIN_ERROR_H

#include <isolation/error.h>

namespace isolation {

class ISOLATION_EXPORT NoDomainError : public Error {
public:
  NoDomainError()
      : Error("this context has the request's scope only: begin it with "
              "Domain::begin() to use PerUser and PerConversation") {}
};

} // namespace isolation

#endif // ISOLATION_NO_DOMAIN_ERROR_H
