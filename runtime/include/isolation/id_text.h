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

#include <new>
#include <string>
#include <string_view>
#include <utility>

namespace isolation {

class IdText {
public:
  IdText() noexcept {}
  IdText(std::string_view text ISOLATION_LIFETIMEBOUND) noexcept
      : kind_(Kind::Borrowed), borrowed_(text) {}
  IdText(const std::string &text ISOLATION_LIFETIMEBOUND) noexcept
      : kind_(Kind::Borrowed), borrowed_(text) {}
  IdText(std::string &&text) noexcept
      : kind_(Kind::Owned), owned_(std::move(text)) {}
  /// A null pointer is an id that was given and is empty.
  IdText(const char *text ISOLATION_LIFETIMEBOUND) noexcept
      : kind_(Kind::Borrowed),
        borrowed_(text ? std::string_view(text) : std::string_view()) {}

  IdText(const IdText &other) : kind_(other.kind_) {
    if (kind_ == Kind::Owned)
      ::new (&owned_) std::string(other.owned_);
    else
      borrowed_ = other.borrowed_;
  }
  IdText(IdText &&other) noexcept : kind_(other.kind_) {
    if (kind_ == Kind::Owned)
      ::new (&owned_) std::string(std::move(other.owned_));
    else
      borrowed_ = other.borrowed_;
  }
  /// For copies and moves alike; what was there goes with `other`.
  IdText &operator=(IdText other) noexcept {
    this->~IdText();
    return *::new (this) IdText(std::move(other));
  }
  ~IdText() {
    if (kind_ == Kind::Owned)
      owned_.~basic_string();
  }

  /// Whether anything was given; an empty string was.
  [[nodiscard]] bool given() const noexcept { return kind_ != Kind::Absent; }

  [[nodiscard]] std::string_view view() const noexcept {
    return kind_ == Kind::Owned ? std::string_view(owned_) : borrowed_;
  }

private:
  enum class Kind : unsigned char { Absent, Borrowed, Owned };

  // A union, because a context is made of five of these, nearly all borrowed:
  // building and destroying five strings costs more than checking the ids.
  Kind kind_ = Kind::Absent;
  union {
    std::string_view borrowed_{};
    std::string owned_;
  };
};

} // namespace isolation

#endif // ISOLATION_ID_TEXT_H
