// Whom destructors are called for: whoever releases a request's objects, they
// never see another request's ambient context.

#include "ambient.h"
#include "fixture.h"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>

using isolation::ContextGuard;
using isolation::Domain;
using isolation::DomainLimits;
using isolation::Identity;
using isolation::MetadataKey;
using isolation::PerRequest;
using isolation::PerUser;
using isolation::ProcessContext;
using isolation::UserExecutionContext;
using isolation_test::context_of;
using isolation_test::IgnoredFaults;

namespace {

/// Notes who the ambient user is when it is destroyed.
class Asking {
public:
  explicit Asking(std::string &answer) : answer_(&answer) {}
  Asking(Asking &&other) noexcept
      : answer_(std::exchange(other.answer_, nullptr)) {}
  Asking &operator=(Asking &&) = delete;
  ~Asking() {
    if (answer_)
      *answer_ = isolation_test::nothing_ambient()
                     ? "nobody"
                     : isolation_test::ambient_user();
  }

private:
  std::string *answer_;
};
inline constexpr PerRequest<Asking> asking;
inline constexpr PerUser<Asking> asking_of_user;

class Destructors : public testing::Test {
protected:
  [[nodiscard]] auto made() {
    return [this] { return Asking(answer); };
  }
  [[nodiscard]] UserExecutionContext with_object(const std::string &user) {
    UserExecutionContext context = context_of(user);
    asking.get_or_create(context, made());
    return context;
  }

  std::string answer = "not destroyed";
};

TEST_F(Destructors, OfTheLastHandleUnderAnothersGuard) {
  std::optional<UserExecutionContext> ann = with_object("ann");
  const ContextGuard guard(context_of("bob"));
  ann.reset();
  EXPECT_EQ(answer, "nobody");
  EXPECT_EQ(isolation_test::ambient_user(), "bob"); // again
}

TEST_F(Destructors, OfTheLastHandleInAGuardInsideAnothers) {
  auto ann = with_object("ann");
  const ContextGuard outer(context_of("bob"));
  {
    const ContextGuard inner(std::move(ann));
  }
  EXPECT_EQ(answer, "nobody");
}

TEST_F(Destructors, OfARequestThatEndsUnderAnothersGuard) {
  const auto ann = with_object("ann");
  const ContextGuard own(ann);
  const ContextGuard guard(context_of("bob"));
  ann.end();
  EXPECT_EQ(answer, "nobody");
}

TEST_F(Destructors, OfARequestThatEndsUnderAnotherOfTheSameUser) {
  const auto ann = with_object("ann");
  const ContextGuard guard(context_of("ann"));
  ann.end();
  EXPECT_EQ(answer, "nobody");
}

TEST_F(Destructors, OfARequestThatEndsUnderItsOwnGuard) {
  const auto ann = with_object("ann");
  const ContextGuard other(context_of("bob"));
  const ContextGuard guard(ann.child("closing"));
  ann.end();
  EXPECT_EQ(answer, "ann");
}

TEST_F(Destructors, OfWhatSetAndResetTakeOut) {
  const IgnoredFaults another_users_guard;
  std::string later;
  const auto ann = with_object("ann");
  const ContextGuard guard(context_of("bob"));
  asking.reset(ann);
  EXPECT_EQ(answer, "nobody");
  answer = "not destroyed";
  asking.get_or_create(ann, made());
  asking.set(ann, Asking(later));
  EXPECT_EQ(answer, "nobody");
  EXPECT_EQ(later, "");
}

TEST_F(Destructors, OfAnObjectThatCameTooLate) {
  const IgnoredFaults another_users_guard;
  const auto ann = context_of("ann");
  const ContextGuard guard(context_of("bob"));
  EXPECT_THROW(asking.get_or_create(ann,
                                    [&] {
                                      ann.end();
                                      return Asking(answer);
                                    }),
               isolation::RequestEndedError);
  EXPECT_EQ(answer, "nobody");
}

TEST_F(Destructors, OfStateThatAnotherUserEvicts) {
  DomainLimits limits;
  limits.most_users = 1;
  Domain domain(limits);
  asking_of_user.get_or_create(domain.begin(Identity{"ann", "t-1", "r-1"}),
                               made());
  EXPECT_EQ(answer, "not destroyed");
  const auto bob = domain.begin(Identity{"bob", "t-2", "r-2"});
  const ContextGuard guard(bob);
  EXPECT_EQ(asking_of_user.peek(bob), nullptr);
  EXPECT_EQ(answer, "nobody");
}

TEST_F(Destructors, OfAUsersStateUnderThatUsersGuard) {
  Domain domain;
  const auto ann = domain.begin(Identity{"ann", "t-1", "r-1"});
  asking_of_user.get_or_create(ann, made());
  const ContextGuard guard(ann); // one request of several
  asking_of_user.reset(ann);
  EXPECT_EQ(answer, "nobody");
}

TEST_F(Destructors, OfDetails) {
  static constexpr MetadataKey<std::shared_ptr<Asking>> key{"asking"};
  isolation::RequestDetails details;
  details.metadata.set(key, std::make_shared<Asking>(answer));
  std::optional<UserExecutionContext> ann = UserExecutionContext::create(
      Identity{"ann", "t-1", "r-1"}, std::exchange(details, {}));
  const ContextGuard guard(context_of("bob"));
  ann.reset();
  EXPECT_EQ(answer, "nobody");
}

TEST_F(Destructors, FindTheProcessContextAsWithoutAGuard) {
  const ProcessContext process;
  std::optional<UserExecutionContext> ann = with_object("ann");
  const ContextGuard guard(context_of("bob"));
  ann.reset();
  EXPECT_EQ(answer, "process");
}

/// Uses an older object of its request, by the context that it keeps.
struct Closing {
  UserExecutionContext context;
  int &seen;
  ~Closing();
};
inline constexpr PerRequest<int> older;
inline constexpr PerRequest<Closing> closing;
Closing::~Closing() { seen = *older.peek(context); }

TEST(DestructorsOfARequest, MayUseItWhoeverReleasesIt) {
  int seen = 0;
  const auto with_objects = [&] {
    auto context = context_of("ann");
    older.get_or_create(context, [] { return 7; });
    closing.get_or_create(context, [&] { return Closing{context, seen}; });
    return context;
  };
  const auto bob = context_of("bob");
  {
    std::optional<UserExecutionContext> ann = with_objects();
    const ContextGuard guard(bob);
    ann.reset();
    EXPECT_EQ(seen, 7);
  }
  {
    seen = 0;
    std::optional<UserExecutionContext> ann = with_objects();
    older.get_or_create(bob, [&] {
      ann.reset(); // inside another user's factory
      return 1;
    });
    EXPECT_EQ(seen, 7);
  }
}

} // namespace
