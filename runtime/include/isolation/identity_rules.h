// IdentityRules: what a server refuses as an id besides the usual.
//
// Example:
//
//   #include <isolation/request_details.h>
//   #include <string_view>
//
//   constexpr std::string_view never_users[] = {"guest", "test-user"};
//
//   bool acceptable(const isolation::Identity &identity) {
//     return isolation::UserExecutionContext::try_create(
//                identity, nullptr, {}, isolation::IdentityRules(never_users))
//         .has_value();
//   }
//
// Shape: a view of further placeholders, compared like the built-in ones:
// without regard to ASCII case and to blanks around them. A Domain can have
// them for all contexts that it begins.
// Lifetime: borrows the array, which is usually constexpr. Thread-safety: a
// value. Errors: none.

#ifndef ISOLATION_IDENTITY_RULES_H
#define ISOLATION_IDENTITY_RULES_H

#include <isolation/detail/identity_validation.h>

#include <cstddef>
#include <string_view>

namespace isolation {

class IdentityRules {
public:
  constexpr IdentityRules() noexcept = default;
  template <std::size_t Count>
  explicit constexpr IdentityRules(
      const std::string_view (&placeholders)[Count]) noexcept
      : placeholders_(placeholders), count_(Count) {}

  [[nodiscard]] bool refuse(std::string_view id) const noexcept {
    id = detail::without_blanks_around(id);
    for (std::size_t i = 0; i != count_; ++i)
      if (detail::equal_but_for_case(id, placeholders_[i]))
        return true;
    return false;
  }
  [[nodiscard]] constexpr bool empty() const noexcept { return count_ == 0; }

private:
  const std::string_view *placeholders_ = nullptr;
  std::size_t count_ = 0;
};

} // namespace isolation

#endif // ISOLATION_IDENTITY_RULES_H
