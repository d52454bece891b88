// OverrideGuard: while it lives, another factory fills a slot.
//
// Example:
//
//   #include <isolation/domain.h>
//   #include <isolation/per_request.h>
//
//   struct Mailer {
//     virtual ~Mailer() = default;
//     virtual int sent() const { return 1; }
//   };
//   struct FakeMailer final : Mailer {
//     int sent() const override { return 0; }
//   };
//   inline constexpr isolation::PerRequest<Mailer> mailer;
//
//   // Every request of the domain under test gets a fake of its own.
//   int test(isolation::Domain &domain) {
//     const auto guard =
//         mailer.override_factory(domain, [] { return FakeMailer(); });
//     const auto context =
//         domain.begin(isolation::Identity{"user-1", "thread-1", "run-1"});
//     return mailer.get_or_create(context, [] { return Mailer(); }).sent();
//   }
//
// Shape: made by a slot's override_factory(), for one request or for all of a
// domain; movable. A request's override goes before its domain's; of several
// for one slot the last made counts. Objects that are there already stay: to
// replace one, see TestOverride.
// Ownership: owns the factory; keeps the request, or the domain's list.
// Thread-safety: other threads see it at once. A domain's factory is called by
// all of its requests at the same time: what it writes to must be ready for
// that. So its call operator must be const, which the compiler sees to; what it
// refers to is up to the test. Errors: as those of the factory.

#ifndef ISOLATION_OVERRIDE_GUARD_H
#define ISOLATION_OVERRIDE_GUARD_H

#include <isolation/detail/factory_override.h>

#include <utility>

namespace isolation {

namespace detail {
template <class Self, class T, class Where> class Slot;
} // namespace detail

class ISOLATION_ABI OverrideGuard;

class [[nodiscard]] OverrideGuard {
public:
  OverrideGuard(OverrideGuard &&other) noexcept = default;
  OverrideGuard &operator=(OverrideGuard &&other) noexcept {
    if (this != &other) {
      withdraw();
      list_ = std::move(other.list_);
      factory_ = std::move(other.factory_);
    }
    return *this;
  }
  ~OverrideGuard() { withdraw(); }

private:
  template <class, class, class> friend class detail::Slot;

  OverrideGuard(detail::Shared<detail::FactoryOverrides> list,
                detail::Shared<detail::FactoryOverride> factory)
      : list_(std::move(list)), factory_(std::move(factory)) {
    list_->add(factory_);
  }

  void withdraw() noexcept {
    if (list_)
      list_->remove(*factory_);
  }

  detail::Shared<detail::FactoryOverrides> list_; // null after a move
  detail::Shared<detail::FactoryOverride> factory_;
};

} // namespace isolation

#endif // ISOLATION_OVERRIDE_GUARD_H
