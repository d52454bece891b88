// Faults that were reproduced in other libraries for objects by request or for
// ambient contexts, each shown not to happen here. docs/runtime-comparison.md
// tells how they come about there.

#include "fixture.h"
#include "pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdio>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

using isolation::ContextGuard;
using isolation::current_context;
using isolation::PerRequest;
using isolation::ProcessContext;
using isolation::RequestEndedError;
using isolation::UserExecutionContext;
using isolation_test::context_of;
using isolation_test::Pool;
using isolation_test::Signal;

namespace {

// NOLINTBEGIN(isolation-ambient-context): it is what is tested here
struct Session {
  explicit Session(const UserExecutionContext &context)
      : user(context.user_id()) {}
  std::string user;
  std::vector<std::string> secrets;
};
inline constexpr PerRequest<Session> session_slot;

Session &create_session(const UserExecutionContext &context) {
  return session_slot.get_or_create(context, [&] { return Session(context); });
}

// [Boost].DI: the scope that is deduced for references and shared_ptr keeps the
// object in a static, and so does `session`: the second user's injector hands
// out the first one's object.
TEST(LibraryFaults, TheSecondUserDoesNotGetTheFirstOnesObject) {
  const auto ann = context_of("ann");
  create_session(ann).secrets.push_back("ann's");
  const auto bob = context_of("bob");
  EXPECT_EQ(create_session(bob).user, "bob");
  EXPECT_TRUE(create_session(bob).secrets.empty());
  EXPECT_NE(&create_session(ann), &create_session(bob));
  ann.end();
  EXPECT_EQ(create_session(bob).user, "bob");
}

// The same one after the other: what a user's request leaves behind in memory
// that is used again is not the next one's object.
TEST(LibraryFaults, ARequestInTheSamePlaceBeginsEmpty) {
  for (int round = 0; round != 100; ++round) {
    const std::string user = "user-" + std::to_string(round);
    const auto context = context_of(user);
    EXPECT_EQ(session_slot.peek(context), nullptr);
    EXPECT_EQ(create_session(context).user, user);
    EXPECT_TRUE(create_session(context).secrets.empty());
    create_session(context).secrets.push_back(user);
  }
}

// [Boost].DI: `session` turns on and off by a static flag that all threads
// share. ThreadSanitizer runs this too.
TEST(LibraryFaults, BeginningAndEndingOfRequestsDoNotMeet) {
  Signal start;
  std::atomic<int> foreign{0};
  std::vector<std::thread> threads;
  for (int t = 0; t != 4; ++t)
    threads.emplace_back([&, user = "user-" + std::to_string(t)] {
      start.wait();
      for (int round = 0; round != 300; ++round) {
        const auto context = context_of(user);
        Session &session = create_session(context);
        foreign += session.user != user || !session.secrets.empty();
        session.secrets.push_back(user);
        if (round % 2)
          context.end();
      }
    });
  start.raise();
  for (std::thread &thread : threads)
    thread.join();
  EXPECT_EQ(foreign, 0);
}

// The same for what lives longer than a request: clients number their
// conversations for themselves, so every user has a thread-1.
TEST(LibraryFaults, ConversationsOfOneNameBelongToTheirUsers) {
  static constexpr isolation::PerConversation<Session> conversation;
  isolation::DomainLimits one_shard;
  one_shard.most_users = 100;
  isolation::Domain domain(one_shard);
  for (const char *user : {"ann", "bob", "carol"}) {
    const auto context =
        domain.begin(isolation::Identity{user, "thread-1", "run-1", {}, {}});
    Session &session =
        conversation.get_or_create(context, [&] { return Session(context); });
    EXPECT_EQ(session.user, user);
    EXPECT_TRUE(session.secrets.empty());
    session.secrets.push_back(user);
  }
  EXPECT_EQ(domain.conversations(), 3u);
}

// kangaru: a fork() of a container shares what the root has built already, so
// whether an object belongs to a request depends on what happened before it.
TEST(LibraryFaults, WhatTheProcessBuiltEarlierIsNoRequestsObject) {
  const isolation_test::IgnoredFaults two_identities_at_once;
  const ProcessContext process;
  create_session(process.context()).secrets.push_back("the program's");
  const ContextGuard guard(process.context());
  const auto ann = context_of("ann"); // begun inside, as a fork is
  EXPECT_EQ(session_slot.peek(ann), nullptr);
  EXPECT_EQ(create_session(ann).user, "ann");
  EXPECT_TRUE(create_session(ann).secrets.empty());
  EXPECT_EQ(create_session(process.context()).user, "process");
}

TEST(LibraryFaults, WhatShallNotBeSharedIsNotWhoeverCameFirst) {
  const auto ann = context_of("ann");
  create_session(ann).secrets.push_back("before");
  const auto apart = ann.isolated_child("tool");
  EXPECT_EQ(session_slot.peek(apart), nullptr);
  create_session(apart).secrets.push_back("apart");
  EXPECT_EQ(create_session(ann).secrets.size(), 1u);
  // child() shares, before and after.
  EXPECT_EQ(&create_session(ann.child("step")), &create_session(ann));
}

// Fruit: a pointer got from an earlier request's injector is read silently.
TEST(LibraryFaults, AnEarlierRequestIsNotAskedSilently) {
  std::optional<UserExecutionContext> kept;
  {
    const auto ann = context_of("ann");
    create_session(ann);
    kept = ann;
    ann.end();
  }
  EXPECT_THROW(create_session(*kept), RequestEndedError);
  EXPECT_THROW((void)session_slot.peek(*kept), RequestEndedError);
  EXPECT_THROW(session_slot.set(*kept, Session(*kept)), RequestEndedError);
  EXPECT_THROW(session_slot.reset(*kept), RequestEndedError);
}

TEST(LibraryFaults, AStoredHandleOfAnEarlierRequestIsNotReadSilently) {
  isolation::Scoped<Session> kept;
  {
    const auto ann = context_of("ann");
    create_session(ann);
    kept = session_slot.scoped(ann);
    EXPECT_EQ(kept->user, "ann");
  }
  const auto bob = context_of("bob"); // likely in the same place
  create_session(bob);
  EXPECT_THROW((void)kept->user, RequestEndedError);
}

#if defined(__SANITIZE_ADDRESS__)
#define ISOLATION_TEST_ASAN
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ISOLATION_TEST_ASAN
#endif
#endif
#if defined(ISOLATION_TEST_ASAN)
// A plain reference cannot be checked, but AddressSanitizer is not kept from
// seeing it: the request's memory is really given back.
TEST(LibraryFaultsDeathTest, AReferenceOfAnEarlierRequestIsSeenByASan) {
  const Session *kept = nullptr;
  {
    const auto ann = context_of("ann");
    kept = &create_session(ann);
  }
  EXPECT_DEATH(std::fprintf(stderr, "%zu", kept->user.size()),
               "AddressSanitizer: .*use-after");
}
#endif

// folly: the RequestContext after a wait is the resuming thread's. Coroutines
// are in coroutine_test.cpp (TheThreadGetsBackWhatItHad and its neighbours);
// this is the same by callbacks: a task continues on a thread that is in the
// middle of another user's request.
TEST(LibraryFaults, AContinuationRunsAsItsOwnUserNotTheOneWhoResumes) {
  std::function<void()> continuation;
  std::string seen;
  {
    const ContextGuard anns(context_of("ann"));
    continuation = isolation::bind(current_context(),
                                   [&] { seen = current_context().user_id(); });
  }
  Pool pool(1);
  pool.run(isolation::bind(context_of("bob"), [&] {
    continuation();
    EXPECT_EQ(current_context().user_id(), "bob");
  }));
  EXPECT_EQ(seen, "ann");
}

// And what is asked by the explicit context does not depend on any thread.
TEST(LibraryFaults, TheExplicitContextIsTheSameOnEveryThread) {
  const isolation_test::IgnoredFaults two_identities_at_once;
  const auto ann = context_of("ann");
  Session *const session = &create_session(ann);
  const ContextGuard bobs(context_of("bob"));
  std::thread([ann, session] {
    const ContextGuard carols(context_of("carol"));
    EXPECT_EQ(&create_session(ann), session);
    EXPECT_EQ(create_session(ann).user, "ann");
  }).join();
  EXPECT_EQ(create_session(ann).user, "ann");
}

// NOLINTEND(isolation-ambient-context)

} // namespace
