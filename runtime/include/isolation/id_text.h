// IdText: one id on its way into a context.
//
// Example:
//
//   #include <isolation/id_text.h>
//   #include <string>
//
//   isolation::IdText literal = "user-1";                  // borrowed
//   isolation::IdText temporary = std::string("user-") + "2"; // owned
//   isolation::IdText absent;                              // not given at all
//
// Why not std::string_view: an Identity is often filled from temporaries
// (`.user_id = request.header("x-user")`), and a view of one that is gone reads
// whatever the memory holds next, perhaps another user's id. Why not
// std::string: five allocations for a context that then copies the bytes once.
// So text that lives elsewhere is borrowed and temporaries are kept.
//
// Lifetime: borrowed text must live until the context is created; clang says
// where it visibly does not. Thread-safety: a value. Errors: none here, what
// is a valid id is decided in detail/identity_validation.h.

#ifndef ISOLATION_ID_TEXT_H
#define ISOLATION_ID_TEXT_H

#include <isolation/detail/config.h>

#include <string>
#include <string_view>
#include <utility>

namespace isolation {

class IdText {
public:
  IdText() noexcept = default;
  IdText(std::string_view text ISOLATION_LIFETIMEBOUND) noexcept
      : borrowed_(text), kind_(Kind::Borrowed) {}
  IdText(const std::string &text ISOLATION_LIFETIMEBOUND) noexcept
      : borrowed_(text), kind_(Kind::Borrowed) {}
  IdText(std::string &&text) noexcept
      : owned_(std::move(text)), kind_(Kind::Owned) {}
  /// A null pointer is an id that was given and is empty.
  IdText(const char *text ISOLATION_LIFETIMEBOUND) noexcept
      : borrowed_(text ? std::string_view(text) : std::string_view()),
        kind_(Kind::Borrowed) {}

  /// Whether anything was given; an empty string was.
  [[nodiscard]] bool given() const noexcept { return kind_ != Kind::Absent; }

  [[nodiscard]] std::string_view view() const noexcept {
    return kind_ == Kind::Owned ? std::string_view(owned_) : borrowed_;
  }

private:
  enum class Kind : unsigned char { Absent, Borrowed, Owned };

  std::string owned_;
  std::string_view borrowed_;
  Kind kind_ = Kind::Absent;
};

} // namespace isolation

#endif // ISOLATION_ID_TEXT_H
