// A request that ends while its user's state is in use: the state stays for
// whoever uses it, and goes when the last one has.

#include "fixture.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>

using isolation::Domain;
using isolation::DomainLimits;
using isolation::Identity;
using isolation::PerConversation;
using isolation::PerRequest;
using isolation::PerUser;
using isolation::RequestEndedError;
using isolation::UserExecutionContext;
using isolation_test::Log;
using isolation_test::Noted;
using isolation_test::Signal;

namespace {

inline constexpr PerUser<Noted> noted;
inline constexpr PerConversation<Noted> noted_in_conversation;

/// Of a domain that keeps nothing which nobody holds.
class DomainEnd : public testing::Test {
protected:
  DomainEnd() : domain(std::make_unique<Domain>(none_idle())) {}

  static DomainLimits none_idle() {
    DomainLimits limits;
    limits.most_users = 0;
    limits.most_conversations = 0;
    return limits;
  }
  UserExecutionContext begin(const char *user = "ann") {
    return domain->begin(Identity{user, "thread-1", "run-1"});
  }
  auto make(const char *name) {
    return [this, name] { return Noted(log, name); };
  }

  Log log;
  std::unique_ptr<Domain> domain;
};

TEST_F(DomainEnd, InAFactoryOfTheUsersState) {
  const auto context = begin();
  EXPECT_THROW(noted.get_or_create(context,
                                   [&] {
                                     context.end();
                                     return Noted(log, "1");
                                   }),
               RequestEndedError);
  EXPECT_EQ(log.text(), "+1 -1");
}

TEST_F(DomainEnd, WhileAnotherThreadMakesTheUsersState) {
  for (const bool throws : {false, true}) {
    Signal started, ended;
    const auto context = begin();
    std::thread other([&, handle = context] {
      EXPECT_THROW(noted.get_or_create(handle,
                                       [&] {
                                         started.raise();
                                         ended.wait();
                                         if (throws)
                                           throw RequestEndedError("by itself");
                                         return Noted(log, "1");
                                       }),
                   RequestEndedError);
    });
    started.wait();
    context.end();
    EXPECT_EQ(domain->users(), 1u); // for the factory
    ended.raise();
    other.join();
    EXPECT_EQ(domain->users(), 0u);
  }
  EXPECT_EQ(log.text(), "+1 -1");
}

TEST_F(DomainEnd, LeavesToOthersWhatWasMadeForThemToo) {
  const auto context = begin();
  const auto other = begin();
  EXPECT_EQ(noted.peek(other), nullptr); // holds the scope
  EXPECT_THROW(noted.get_or_create(context,
                                   [&] {
                                     context.end();
                                     return Noted(log, "1");
                                   }),
               RequestEndedError);
  EXPECT_NE(noted.peek(other), nullptr);
  EXPECT_EQ(log.text(), "+1");
}

/// Uses its user's state when it is destroyed, after end() was called again.
struct EndsAgain {
  UserExecutionContext context;
  bool &seen;
  ~EndsAgain() {
    context.end();
    seen = noted.peek(context) != nullptr;
  }
};

TEST_F(DomainEnd, AgainInADestructorReleasesNothing) {
  static constexpr PerRequest<EndsAgain> slot;
  bool seen = false;
  const auto context = begin();
  noted.get_or_create(context, make("1"));
  slot.get_or_create(context, [&] { return EndsAgain{context, seen}; });
  context.end();
  EXPECT_TRUE(seen);
  EXPECT_EQ(log.text(), "+1 -1");
}

/// Asks for a wider scope that its request has not used yet.
struct AsksLate {
  UserExecutionContext context;
  bool &refused;
  ~AsksLate() {
    try {
      (void)noted_in_conversation.peek(context);
    } catch (const RequestEndedError &) {
      refused = true;
    }
  }
};

TEST_F(DomainEnd, LetsDestructorsHoldNothingNew) {
  static constexpr PerRequest<AsksLate> slot;
  bool refused = false;
  const auto context = begin();
  slot.get_or_create(context, [&] { return AsksLate{context, refused}; });
  context.end();
  EXPECT_TRUE(refused);
}

TEST_F(DomainEnd, AgainByAnotherThreadReleasesNothing) {
  struct Slow {
    Slow(Signal &begun, Signal &over) : destroying(begun), ended(over) {}
    ~Slow() {
      destroying.raise();
      ended.wait();
    }
    Signal &destroying, &ended;
  };
  static constexpr PerRequest<Slow> slow;
  Signal destroying, ended;
  const auto context = begin();
  noted.get_or_create(context, make("1"));
  slow.get_or_create(context, [&] { return Slow(destroying, ended); });
  std::thread first([handle = context] { handle.end(); });
  destroying.wait();
  context.end();
  EXPECT_EQ(log.text(), "+1");
  ended.raise();
  first.join();
  EXPECT_EQ(log.text(), "+1 -1");
}

TEST_F(DomainEnd, BeforeATestOverrideGoes) {
  const auto context = begin();
  const auto other = begin();
  Noted fake(log, "fake");
  {
    const auto guard = noted.override_for_test(context, fake);
    EXPECT_EQ(noted.peek(other), &fake);
    context.end();
    EXPECT_EQ(noted.peek(other), &fake);
    other.end();
    EXPECT_EQ(domain->users(), 1u); // for the guard
  }
  EXPECT_EQ(domain->users(), 0u);
}

TEST_F(DomainEnd, BeforeASharedPointerGoes) {
  std::shared_ptr<Noted> user, conversation;
  {
    const auto context = begin();
    user = noted.share(context, make("1"));
    conversation = noted_in_conversation.share(context, make("2"));
    EXPECT_EQ(noted.share(context), user);
    context.end();
    EXPECT_THROW((void)noted.share(context), RequestEndedError);
  }
  EXPECT_EQ(noted.peek(begin()), user.get()); // still the user's
  domain.reset();
  EXPECT_EQ(log.text(), "+1 +2");
  user.reset();
  EXPECT_EQ(log.text(), "+1 +2 -1");
  conversation.reset();
  EXPECT_EQ(log.text(), "+1 +2 -1 -2");
}

TEST_F(DomainEnd, RefusesEveryUseOfWiderState) {
  const auto context = begin();
  noted.get_or_create(context, make("1"));
  const isolation::Scoped<Noted> handle = noted.scoped(context);
  context.end();
  EXPECT_EQ(log.text(), "+1 -1");
  Noted fake(log, "fake");
  EXPECT_THROW((void)noted.peek(context), RequestEndedError);
  EXPECT_THROW(noted.get_or_create(context, make("2")), RequestEndedError);
  EXPECT_THROW(noted.reset(context), RequestEndedError);
  EXPECT_THROW(noted.set(context, std::make_unique<Noted>(log, "3")),
               RequestEndedError);
  EXPECT_THROW((void)noted.scoped(context), RequestEndedError);
  EXPECT_THROW((void)noted.override_for_test(context, fake), RequestEndedError);
  EXPECT_THROW((void)noted_in_conversation.peek(context), RequestEndedError);
  EXPECT_EQ(handle.get(), nullptr);
  EXPECT_THROW((void)*handle, RequestEndedError);
  EXPECT_EQ(domain->users(), 0u);
}

TEST_F(DomainEnd, WhileOtherThreadsAskForTheState) {
  static constexpr PerUser<int> number;
  static constexpr PerUser<long> later;
  for (int round = 0; round != 200; ++round) {
    const auto context = begin();
    number.get_or_create(context, [] { return 1; });
    Signal start;
    std::thread asking([&, handle = context] {
      start.wait();
      try {
        for (;;) {
          (void)number.peek(handle);
          (void)later.get_or_create(handle, [] { return 2L; });
          later.reset(handle);
        }
      } catch (const RequestEndedError &) {
      }
    });
    start.raise();
    context.end();
    asking.join();
    EXPECT_EQ(domain->users(), 0u);
  }
}

} // namespace
