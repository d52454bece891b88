// The last handle of a request goes while the request is at work: in a factory,
// in what set() moves, in a destructor.

#include "fixture.h"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

using isolation::Domain;
using isolation::Identity;
using isolation::PerRequest;
using isolation::PerUser;
using isolation::RequestEndedError;
using isolation::UserExecutionContext;
using isolation_test::context_of;
using isolation_test::Log;
using isolation_test::Noted;
using isolation_test::Signal;

namespace {

struct Part : Noted {
  using Noted::Noted;
};
inline constexpr PerRequest<Part> part;
inline constexpr PerRequest<Noted> noted;
inline constexpr PerUser<Noted> of_user;

/// A request's only handle, where it was begun: neither copied nor moved, it
/// does not say that another thread might come.
std::unique_ptr<UserExecutionContext> only_handle_of(const char *user) {
  return std::unique_ptr<UserExecutionContext>(
      new UserExecutionContext(context_of(user)));
}

/// Takes its context over, as a migrated class does.
class Agent {
public:
  Agent(UserExecutionContext context, Log &log)
      : context_(std::move(context)), noted_(log, "agent") {
    // Memory that was freed too early would now be another user's.
    const UserExecutionContext other = context_of("bob");
    log.add(std::string(context_.user_id()));
    part.get_or_create(context_, [&] { return Part(log, "part"); });
  }
  const UserExecutionContext &context() const { return context_; }

private:
  UserExecutionContext context_;
  Noted noted_;
};
inline constexpr PerRequest<Agent> agent;

TEST(LastHandle, MovedIntoTheObjectThatIsMade) {
  Log log;
  auto context = context_of("ann");
  EXPECT_THROW(agent.get_or_create(
                   context, [&] { return Agent(std::move(context), log); }),
               RequestEndedError);
  EXPECT_EQ(log.text(), "+agent ann +part -agent -part");
}

TEST(LastHandle, MovedIntoAnObjectThatIsMadeAtLength) {
  Log log;
  auto context = context_of("ann");
  context = UserExecutionContext(context); // no owner's shortcut any more
  EXPECT_THROW(agent.get_or_create(
                   context, [&] { return Agent(std::move(context), log); }),
               RequestEndedError);
  EXPECT_EQ(log.text(), "+agent ann +part -agent -part");
}

TEST(LastHandle, MovedInAndCopiedOutAgain) {
  Log log;
  auto context = context_of("ann");
  std::optional<UserExecutionContext> copy;
  {
    const Agent &made = agent.get_or_create(context, [&] {
      return Agent(UserExecutionContext(copy.emplace(std::move(context))), log);
    });
    EXPECT_EQ(made.context().user_id(), "ann");
    EXPECT_EQ(agent.peek(*copy), &made);
  }
  copy.reset();
  EXPECT_EQ(log.text(), "+agent ann +part -agent -part");
}

TEST(LastHandle, DroppedInAFactory) {
  Log log;
  auto context = only_handle_of("ann");
  part.get_or_create(*context, [&] { return Part(log, "part"); });
  EXPECT_THROW(noted.get_or_create(*context,
                                   [&] {
                                     context.reset();
                                     log.add("dropped");
                                     return Noted(log, "late");
                                   }),
               RequestEndedError);
  EXPECT_EQ(log.text(), "+part dropped +late -late -part");
}

TEST(LastHandle, DroppedInAFactoryThatThrows) {
  Log log;
  auto context = only_handle_of("ann");
  part.get_or_create(*context, [&] { return Part(log, "part"); });
  EXPECT_THROW(noted.get_or_create(*context,
                                   [&]() -> Noted {
                                     context.reset();
                                     log.add("dropped");
                                     throw std::logic_error("no");
                                   }),
               std::logic_error);
  EXPECT_EQ(log.text(), "+part dropped -part");
}

TEST(LastHandle, DroppedInAFactoryWithinAnother) {
  Log log;
  auto context = only_handle_of("ann");
  EXPECT_THROW(noted.get_or_create(*context,
                                   [&] {
                                     part.get_or_create(*context, [&] {
                                       context.reset();
                                       return Part(log, "inner");
                                     });
                                     log.add("goes on");
                                     return Noted(log, "outer");
                                   }),
               RequestEndedError);
  EXPECT_EQ(log.text(), "+inner goes on +outer -outer -inner");
}

TEST(LastHandle, DroppedAfterTheEndInAFactory) {
  Log log;
  auto context = only_handle_of("ann");
  EXPECT_THROW(noted.get_or_create(*context,
                                   [&] {
                                     context->end();
                                     context.reset();
                                     return Noted(log, "late");
                                   }),
               RequestEndedError);
  EXPECT_EQ(log.text(), "+late -late");
}

TEST(LastHandle, AnotherRequestsInAFactoryGoesAtOnce) {
  Log log;
  const auto context = context_of("ann");
  noted.get_or_create(context, [&] {
    {
      const auto other = context_of("ann");
      part.get_or_create(other, [&] { return Part(log, "other"); });
    }
    return Noted(log, "own");
  });
  EXPECT_EQ(log.text(), "+other -other +own");
}

// As on a server that hands its request to another thread from inside a
// factory: it may go there while the factory still runs.
void drop_elsewhere(bool used_there) {
  Log log;
  auto context = only_handle_of("ann");
  const auto make_part = [&](const UserExecutionContext &of) {
    part.get_or_create(of, [&] { return Part(log, "part"); });
  };
  EXPECT_THROW(noted.get_or_create(
                   *context,
                   [&] {
                     std::thread([&, handle = std::move(context)]() mutable {
                       if (used_there)
                         make_part(*handle);
                       handle.reset();
                       log.add("dropped");
                     }).join();
                     return Noted(log, "late");
                   }),
               RequestEndedError);
  EXPECT_EQ(log.text(), used_there ? "+part dropped +late -late -part"
                                   : "dropped +late -late");
}

TEST(LastHandle, DroppedByAnotherThread) { drop_elsewhere(false); }

TEST(LastHandle, DroppedByAnotherThreadThatHasUsedIt) { drop_elsewhere(true); }

TEST(LastHandle, DroppedByAnotherThreadThatGotItByAMove) {
  Log log;
  auto context = context_of("ann");
  EXPECT_THROW(
      noted.get_or_create(context,
                          [&] {
                            std::thread([moved = std::move(context), &log] {
                              log.add(std::string(moved.user_id()));
                            }).join();
                            return Noted(log, "late");
                          }),
      RequestEndedError);
  EXPECT_EQ(log.text(), "ann +late -late");
}

TEST(LastHandle, DroppedByAnotherThreadJustWhenTheObjectIsThere) {
  for (int round = 0; round != 300; ++round) {
    Log log;
    Signal go;
    std::thread other;
    auto context = context_of("ann");
    try {
      noted.get_or_create(context, [&] {
        other = std::thread([moved = std::move(context), &go]() mutable {
          go.wait();
          const UserExecutionContext dropped = std::move(moved);
        });
        go.raise();
        return Noted(log, "late");
      });
    } catch (const RequestEndedError &) {
    }
    other.join();
    ASSERT_EQ(log.text(), "+late -late");
  }
}

TEST(LastHandle, DroppedInTheFactoryOfAWiderScope) {
  Log log;
  Domain domain;
  auto context = std::make_unique<UserExecutionContext>(
      domain.begin(Identity{"ann", "t-1", "r-1"}));
  part.get_or_create(*context, [&] { return Part(log, "part"); });
  EXPECT_THROW(of_user.get_or_create(*context,
                                     [&] {
                                       context.reset();
                                       log.add("dropped");
                                       return Noted(log, "of ann");
                                     }),
               RequestEndedError);
  EXPECT_EQ(log.text(), "+part dropped +of ann -part");
  const auto next = domain.begin(Identity{"ann", "t-1", "r-2"});
  EXPECT_NE(of_user.peek(next), nullptr);
}

struct Letter {
  UserExecutionContext context;
};
inline constexpr PerRequest<Letter> letter;

TEST(LastHandle, MovedInBySet) {
  Letter written{context_of("ann")};
  EXPECT_THROW(letter.set(written.context, std::move(written)),
               RequestEndedError);
}

/// A handle that counts, since it does not lie in the request's own memory.
struct Box {
  std::unique_ptr<UserExecutionContext> context;
  Log *log;
  ~Box() {
    context.reset();
    log->add("-box");
  }
};
inline constexpr PerRequest<Box> box;

/// The last handle of a request, which the request's own box keeps.
const UserExecutionContext *kept_in_a_box(Log &log) {
  const auto context = context_of("ann");
  part.get_or_create(context, [&] { return Part(log, "part"); });
  const auto made = [&] {
    return Box{std::make_unique<UserExecutionContext>(context), &log};
  };
  return box.get_or_create(context, made).context.get();
}

TEST(LastHandle, DroppedByADestructorInReset) {
  Log log;
  const UserExecutionContext *const only = kept_in_a_box(log);
  EXPECT_TRUE(box.reset(*only));
  EXPECT_EQ(log.text(), "+part -box -part");
}

TEST(LastHandle, DroppedByADestructorInEnd) {
  Log log;
  const UserExecutionContext *const only = kept_in_a_box(log);
  only->end();
  EXPECT_EQ(log.text(), "+part -box -part");
}

} // namespace
