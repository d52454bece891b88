// InvalidContextError: an identity that must not be served.
//
// Example:
//
//   #include <isolation/user_execution_context.h>
//   #include <string>
//
//   std::string why_refused(const isolation::Identity &identity) {
//     try {
//       const auto context = isolation::UserExecutionContext::create(identity);
//       return "accepted: " + std::string(context.request_id());
//     } catch (const isolation::InvalidContextError &error) {
//       return std::string(error.field()) + ": " + std::string(error.reason());
//     }
//   }
//
// Shape: the field as it is spelled in Identity, and the reason. The rejected
// text itself is not kept: it may be somebody's secret in the wrong field.
// Lifetime: field and reason are string literals. Thread-safety: a value.

#ifndef ISOLATION_INVALID_CONTEXT_ERROR_H
#define ISOLATION_INVALID_CONTEXT_ERROR_H

#include <isolation/error.h>

#include <string>
#include <string_view>

namespace isolation {

class ISOLATION_EXPORT InvalidContextError : public Error {
public:
  /// Both texts must have static storage duration.
  InvalidContextError(std::string_view field, std::string_view reason)
      : Error(std::string("invalid context: ")
                  .append(field)
                  .append(" ")
                  .append(reason)),
        field_(field), reason_(reason) {}

  [[nodiscard]] std::string_view field() const noexcept { return field_; }
  [[nodiscard]] std::string_view reason() const noexcept { return reason_; }

private:
  std::string_view field_;
  std::string_view reason_;
};

/// The same as a value, for who does not want it thrown: which field of an
/// Identity is refused, and why. Both empty when nothing is; literals.
struct IdentityProblem {
  std::string_view field{};
  std::string_view reason{};
};

} // namespace isolation

#endif // ISOLATION_INVALID_CONTEXT_ERROR_H
