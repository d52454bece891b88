// What a user's and a conversation's requests share, who else sees it (nobody),
// and when it goes.

#include "fixture.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

using isolation::Domain;
using isolation::DomainLimits;
using isolation::Identity;
using isolation::PerConversation;
using isolation::PerRequest;
using isolation::PerUser;
using isolation::UserExecutionContext;
using isolation_test::context_of;
using isolation_test::Log;
using isolation_test::Noted;
using isolation_test::Signal;

namespace {

inline constexpr PerUser<std::string> of_user;
inline constexpr PerConversation<std::string> of_conversation;
inline constexpr PerUser<Noted> noted;
inline constexpr PerRequest<Noted> noted_in_request;

UserExecutionContext begin(Domain &domain, const std::string &user,
                           const std::string &thread = "thread-1") {
  return domain.begin(Identity{user, thread, "run-1", {}, {}});
}

// A domain's clock is a plain function.
// NOLINTNEXTLINE(isolation-mutable-global): one test at a time turns it
std::atomic<long> minutes_passed{0};
std::chrono::steady_clock::time_point test_clock() {
  return std::chrono::steady_clock::time_point(
      std::chrono::hours(1000) + std::chrono::minutes(minutes_passed.load()));
}

DomainLimits limits(std::size_t most, int idle_minutes = 10) {
  minutes_passed = 0;
  DomainLimits made;
  made.most_users = most;
  made.most_conversations = most;
  made.idle = std::chrono::minutes(idle_minutes);
  made.now = &test_clock;
  return made;
}

TEST(Domain, RequestsOfAUserShare) {
  Domain domain;
  of_user.get_or_create(begin(domain, "ann"), [] { return std::string("1"); });
  const auto later = begin(domain, "ann", "thread-2");
  EXPECT_EQ(*of_user.peek(later), "1");
  EXPECT_EQ(of_user.peek(begin(domain, "bob")), nullptr);
  EXPECT_EQ(domain.users(), 2u);
}

TEST(Domain, RequestsOfAConversationShare) {
  Domain domain;
  const auto make = [](const char *text) {
    return [text] { return std::string(text); };
  };
  of_conversation.get_or_create(begin(domain, "ann", "t-1"), make("ann 1"));
  of_conversation.get_or_create(begin(domain, "ann", "t-2"), make("ann 2"));
  of_conversation.get_or_create(begin(domain, "bob", "t-1"), make("bob 1"));
  EXPECT_EQ(*of_conversation.peek(begin(domain, "ann", "t-1")), "ann 1");
  EXPECT_EQ(*of_conversation.peek(begin(domain, "ann", "t-2")), "ann 2");
  EXPECT_EQ(*of_conversation.peek(begin(domain, "bob", "t-1")), "bob 1");
  EXPECT_EQ(domain.conversations(), 3u);
  EXPECT_EQ(domain.users(), 0u); // nobody asked for one
}

TEST(Domain, IdsThatRunTogetherStayApart) {
  Domain domain;
  of_conversation.get_or_create(begin(domain, "ann", "xt"),
                                [] { return std::string("secret"); });
  EXPECT_EQ(of_conversation.peek(begin(domain, "annx", "t")), nullptr);
}

TEST(Domain, DomainsShareNothing) {
  Domain one, other;
  of_user.get_or_create(begin(one, "ann"), [] { return std::string("1"); });
  EXPECT_EQ(of_user.peek(begin(other, "ann")), nullptr);
}

TEST(Domain, ContextsWithoutOneSaySo) {
  const auto context = context_of("ann");
  EXPECT_THROW((void)of_user.peek(context), isolation::NoDomainError);
  EXPECT_THROW(
      of_conversation.get_or_create(context, [] { return std::string(); }),
      isolation::NoDomainError);
}

TEST(Domain, RefusesWhatIsNoIdentity) {
  static constexpr std::string_view words[] = {"guest"};
  DomainLimits with_rules;
  with_rules.rules = isolation::IdentityRules(words);
  Domain domain(with_rules);
  EXPECT_THROW((void)begin(domain, "none"), isolation::InvalidContextError);
  EXPECT_THROW((void)begin(domain, " Guest"), isolation::InvalidContextError);
  isolation::IdentityProblem problem;
  EXPECT_FALSE(domain.try_begin(Identity{"guest", "t-1", "r-1"}, &problem));
  EXPECT_EQ(problem.field, "user_id");
  EXPECT_TRUE(domain.try_begin(Identity{"guests", "t-1", "r-1"}, &problem));
  isolation::RequestDetails details;
  details.deadline = std::chrono::steady_clock::now();
  EXPECT_FALSE(
      domain.try_begin(Identity{"guest", "t-1", "r-1"}, &problem, details));
  const auto begun =
      domain.try_begin(Identity{"guests", "t-1", "r-1"}, nullptr, details);
  ASSERT_TRUE(begun);
  EXPECT_EQ(begun->deadline(), details.deadline);
}

TEST(Domain, ChildrenOfBothKindsAreInIt) {
  Domain domain;
  const auto context = begin(domain, "ann");
  of_user.get_or_create(context.child("a"), [] { return std::string("1"); });
  EXPECT_EQ(*of_user.peek(context.isolated_child("b")), "1");
}

TEST(Domain, StateStaysWhileARequestHoldsIt) {
  Log log;
  Domain domain(limits(1, 1));
  std::optional<UserExecutionContext> holding = begin(domain, "ann");
  noted.get_or_create(*holding, [&] { return Noted(log, "ann"); });
  for (const char *user : {"u-1", "u-2", "u-3"})
    noted.get_or_create(begin(domain, user), [&] { return Noted(log, user); });
  minutes_passed = 100;
  domain.collect();
  EXPECT_NE(noted.peek(*holding), nullptr);
  EXPECT_EQ(log.text(), "+ann +u-1 -u-1 +u-2 -u-2 +u-3 -u-3");
  holding.reset(); // within the count; idle only from now on
  EXPECT_EQ(domain.users(), 1u);
  minutes_passed = 101;
  domain.collect();
  EXPECT_EQ(domain.users(), 0u);
}

TEST(Domain, TheLeastRecentlyUsedGoesFirst) {
  Log log;
  Domain domain(limits(2));
  const auto touch = [&](const char *user) {
    noted.get_or_create(begin(domain, user), [&] { return Noted(log, user); });
  };
  touch("a-1");
  touch("b-1");
  touch("a-1");
  touch("c-1"); // b-1 was not used for longest
  EXPECT_EQ(log.text(), "+a-1 +b-1 -b-1 +c-1");
  touch("a-1");
  EXPECT_EQ(log.text(), "+a-1 +b-1 -b-1 +c-1");
  EXPECT_EQ(domain.users(), 2u);
}

TEST(Domain, IdleStateGoesWithoutBeingAskedFor) {
  Log log;
  Domain domain(limits(100, 10));
  noted.get_or_create(begin(domain, "ann"), [&] { return Noted(log, "ann"); });
  minutes_passed = 9;
  of_user.get_or_create(begin(domain, "bob"), [] { return std::string(); });
  EXPECT_EQ(log.text(), "+ann");
  minutes_passed = 10;
  of_user.get_or_create(begin(domain, "bob"), [] { return std::string(); });
  EXPECT_EQ(log.text(), "+ann -ann");
}

TEST(Domain, ManyUsersStayBounded) {
  DomainLimits many;
  many.most_users = 1030; // in parts that are not all the same
  many.most_conversations = 2000;
  Domain domain(many);
  for (int i = 0; i != 20000; ++i)
    of_user.get_or_create(begin(domain, "user-" + std::to_string(i)),
                          [] { return std::string("x"); });
  EXPECT_EQ(domain.users(), 1030u);
}

TEST(Domain, EndReleasesAndRefuses) {
  Log log;
  Domain domain(limits(0));
  const auto context = begin(domain, "ann");
  noted.get_or_create(context, [&] { return Noted(log, "user"); });
  noted_in_request.get_or_create(context,
                                 [&] { return Noted(log, "request"); });
  context.end();
  EXPECT_EQ(log.text(), "+user +request -request -user");
  EXPECT_THROW((void)noted.peek(context), isolation::RequestEndedError);
  EXPECT_THROW(
      (void)of_user.get_or_create(context, [] { return std::string(); }),
      isolation::RequestEndedError);
}

TEST(Domain, MayGoBeforeItsRequests) {
  Log log;
  std::optional<UserExecutionContext> context;
  {
    Domain domain;
    context = begin(domain, "ann");
    noted.get_or_create(*context, [&] { return Noted(log, "held"); });
    noted.get_or_create(begin(domain, "bob"),
                        [&] { return Noted(log, "idle"); });
    EXPECT_EQ(log.text(), "+held +idle");
  }
  EXPECT_EQ(log.text(), "+held +idle -idle");
  EXPECT_NE(noted.peek(*context), nullptr);
  context.reset();
  EXPECT_EQ(log.text(), "+held +idle -idle -held");
}

TEST(Domain, SlotsDoAllThatPerRequestDoes) {
  Domain domain;
  const auto context = begin(domain, "ann");
  EXPECT_EQ(of_user.set(context, std::string("set")), "set");
  {
    std::string fake = "fake";
    const auto guard = of_user.override_for_test(context, fake);
    EXPECT_EQ(*of_user.peek(begin(domain, "ann")), "fake");
  }
  EXPECT_EQ(*of_user.share(context), "set");
  const isolation::Scoped<std::string> handle = of_user.scoped(context);
  EXPECT_EQ(*handle, "set");
  EXPECT_TRUE(of_user.reset(context));
  EXPECT_EQ(of_user.peek(context), nullptr);
}

TEST(Domain, FactoriesMayCrossScopes) {
  Domain domain;
  static constexpr PerRequest<std::string> of_request;
  const auto context = begin(domain, "ann");
  const std::string &made = of_request.get_or_create(context, [&] {
    return of_user.get_or_create(context, [&] {
      return of_conversation.get_or_create(context, [] {
        return std::string("c");
      }) + "u";
    }) + "r";
  });
  EXPECT_EQ(made, "cur");
}

TEST(Domain, CyclesAcrossScopesAreFound) {
  Domain domain;
  static constexpr PerRequest<int> inner;
  static constexpr PerUser<int> outer;
  const auto context = begin(domain, "ann");
  try {
    outer.get_or_create(context, [&]() -> int {
      return inner.get_or_create(context, [&]() -> int {
        return outer.get_or_create(context, [] { return 1; });
      });
    });
    ADD_FAILURE();
  } catch (const isolation::CreationCycleError &error) {
    EXPECT_EQ(error.chain(), "int -> int -> int");
  }
}

TEST(Domain, CreatedOnceUnderAnyConcurrency) {
  for (int round = 0; round != 50; ++round) {
    Domain domain;
    Signal start;
    std::atomic<int> calls{0};
    std::atomic<std::string *> seen{nullptr};
    std::vector<std::thread> threads;
    for (int i = 0; i != 8; ++i)
      threads.emplace_back([&] {
        start.wait();
        const auto context = begin(domain, "ann");
        std::string &object = of_user.get_or_create(context, [&] {
          ++calls;
          std::this_thread::yield();
          return std::string("once");
        });
        std::string *before = seen.exchange(&object);
        EXPECT_TRUE(!before || before == &object);
        // By one context from two threads: both hold, one has to let go.
        std::thread other([&] { (void)of_conversation.peek(context); });
        EXPECT_EQ(of_conversation.peek(context), nullptr);
        other.join();
      });
    start.raise();
    for (std::thread &thread : threads)
      thread.join();
    EXPECT_EQ(calls, 1);
    EXPECT_EQ(domain.users(), 1u);
  }
}

TEST(Domain, EvictionUnderLoadNeverShowsAnothersState) {
  Domain domain(limits(3));
  std::atomic<int> foreign{0};
  Signal start;
  std::vector<std::thread> threads;
  for (int t = 0; t != 4; ++t)
    threads.emplace_back([&, t] {
      start.wait();
      for (int i = 0; i != 500; ++i) {
        const std::string user = "user-" + std::to_string((i * 7 + t) % 10);
        const auto context = begin(domain, user);
        foreign += of_user.get_or_create(context, [&] { return user; }) != user;
        foreign += *of_user.peek(context) != user;
      }
    });
  start.raise();
  for (std::thread &thread : threads)
    thread.join();
  EXPECT_EQ(foreign, 0);
  EXPECT_LE(domain.users(), 3u);
}

TEST(Domain, DestructorsOfEvictedStateMayUseTheDomain) {
  struct Returning {
    Returning(Domain &d, int &n) : domain(d), count(n) {}
    ~Returning() {
      ++count;
      of_user.get_or_create(begin(domain, "late"),
                            [] { return std::string(); });
    }
    Domain &domain;
    int &count;
  };
  static constexpr PerUser<Returning> returning;
  int destroyed = 0;
  Domain domain(limits(0));
  returning.get_or_create(begin(domain, "ann"),
                          [&] { return Returning(domain, destroyed); });
  EXPECT_EQ(destroyed, 1);
  EXPECT_EQ(domain.users(), 0u);
}

} // namespace
