// Copies, moves and assignments of context handles, wherever they lie.

#include "fixture.h"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using isolation::PerRequest;
using isolation::UserExecutionContext;
using isolation_test::context_of;
using isolation_test::Log;
using isolation_test::Noted;

namespace {

/// A request that notes its end.
UserExecutionContext noting(Log &log, const std::string &name) {
  static constexpr PerRequest<Noted> slot;
  auto context = context_of(name);
  slot.get_or_create(context, [&] { return Noted(log, name); });
  return context;
}

TEST(Handle, IsTwoWords) {
  EXPECT_EQ(sizeof(UserExecutionContext), 2 * sizeof(void *));
}

TEST(Handle, CopiesKeepTheRequestAlive) {
  Log log;
  {
    std::vector<UserExecutionContext> copies;
    {
      const auto context = noting(log, "a");
      for (int i = 0; i != 20; ++i) // reallocates: moves, too
        copies.push_back(context);
    }
    copies.resize(1, copies.front());
    EXPECT_EQ(log.text(), "+a");
    EXPECT_EQ(copies.front().user_id(), "a");
  }
  EXPECT_EQ(log.text(), "+a -a");
}

TEST(Handle, MovedFromNamesNoRequest) {
  Log log;
  static constexpr PerRequest<int> slot;
  auto context = noting(log, "a");
  const auto taken = std::move(context);
  // NOLINTBEGIN(bugprone-use-after-move): what is tested
  EXPECT_THROW((void)context.user_id(), isolation::RequestEndedError);
  EXPECT_THROW((void)slot.peek(context), isolation::RequestEndedError);
  EXPECT_THROW(const isolation::ContextGuard guard(context),
               isolation::RequestEndedError);
  EXPECT_THROW(const isolation::ContextGuard guard(std::move(context)),
               isolation::RequestEndedError);
  const auto copy_of_nothing = context; // harmless by itself
  EXPECT_THROW((void)copy_of_nothing.depth(), isolation::RequestEndedError);
  context = taken;
  EXPECT_EQ(context.user_id(), "a");
  // NOLINTEND
}

TEST(Handle, AssignmentReleasesTheOldRequest) {
  Log log;
  auto a = noting(log, "a");
  auto b = noting(log, "b");
  const auto &same = a;
  a = same;
  EXPECT_EQ(log.text(), "+a +b");
  a = b;
  EXPECT_EQ(log.text(), "+a +b -a");
  a = noting(log, "c");
  EXPECT_EQ(log.text(), "+a +b -a +c");
  b = std::move(a);
  EXPECT_EQ(log.text(), "+a +b -a +c -b");
  std::swap(a, b);
  EXPECT_EQ(a.user_id(), "c");
}

TEST(Handle, ChildKeepsParentAndRequest) {
  Log log;
  {
    std::optional<UserExecutionContext> deep;
    {
      const auto context = noting(log, "a");
      deep = context.child("one").child("two");
    }
    EXPECT_EQ(log.text(), "+a");
    EXPECT_EQ(deep->parent()->operation(), "one");
    deep = deep->parent();
    EXPECT_EQ(deep->operation(), "one");
  }
  EXPECT_EQ(log.text(), "+a -a");
}

/// A migrated class: it keeps the context of the request that it is part of.
class Keeper {
public:
  Keeper(Log &log, const UserExecutionContext &context)
      : noted_(log, "keeper"), context_(context) {}
  UserExecutionContext context() const { return context_; }
  void adopt(UserExecutionContext context) { context_ = std::move(context); }
  UserExecutionContext give_away() { return std::move(context_); }

private:
  Noted noted_;
  UserExecutionContext context_;
};
inline constexpr PerRequest<Keeper> keeper;

TEST(HandleInObject, DoesNotKeepItsOwnRequest) {
  Log log;
  {
    const auto context = context_of("a");
    keeper.get_or_create(context, [&] { return Keeper(log, context); });
  }
  EXPECT_EQ(log.text(), "+keeper -keeper");
}

TEST(HandleInObject, ChildContextNeither) {
  Log log;
  {
    const auto context = context_of("a");
    auto &made = keeper.get_or_create(
        context, [&] { return Keeper(log, context.child("make")); });
    EXPECT_EQ(made.context().operation(), "make");
  }
  EXPECT_EQ(log.text(), "+keeper -keeper");
}

TEST(HandleInObject, CopiesTakenOutDo) {
  Log log;
  std::optional<UserExecutionContext> out;
  {
    const auto context = context_of("a");
    out = keeper.get_or_create(context, [&] { return Keeper(log, context); })
              .context();
  }
  EXPECT_EQ(log.text(), "+keeper");
  EXPECT_EQ(out->user_id(), "a");
  out.reset();
  EXPECT_EQ(log.text(), "+keeper -keeper");
}

TEST(HandleInObject, MovesInAndOutKeepTheCountRight) {
  Log log;
  {
    auto context = context_of("a");
    auto &made =
        keeper.get_or_create(context, [&] { return Keeper(log, context); });
    made.adopt(context);
    made.adopt(context.child("b"));
    auto out = made.give_away();
    made.adopt(std::move(out));
    context = made.context();
    EXPECT_EQ(context.operation(), "b");
    EXPECT_EQ(log.text(), "+keeper");
  }
  EXPECT_EQ(log.text(), "+keeper -keeper");
}

TEST(HandleInObject, OfAnotherRequestDoesKeepThatOne) {
  Log log;
  std::optional<UserExecutionContext> a = noting(log, "a");
  {
    auto b = context_of("a"); // a user may keep her own
    keeper.get_or_create(b, [&] { return Keeper(log, *a); });
    a.reset();
    EXPECT_EQ(log.text(), "+a +keeper");
  }
  EXPECT_EQ(log.text(), "+a +keeper -a -keeper"); // members go in that order
}

TEST(HandleInObject, InLaterChunksAndReplacementsToo) {
  struct Large {
    explicit Large(const UserExecutionContext &c) : context(c) {}
    char before[20000] = {};
    UserExecutionContext context;
  };
  static constexpr PerRequest<Large> large;
  Log log;
  {
    const auto context = noting(log, "a");
    large.get_or_create(context, [&] { return Large(context); });
    keeper.get_or_create(context, [&] { return Keeper(log, context); });
    keeper.reset(context);
    keeper.get_or_create(context, [&] { return Keeper(log, context); });
  }
  EXPECT_EQ(log.text(), "+a +keeper -keeper +keeper -keeper -a");
}

TEST(HandleInObject, OnTheHeapKeepsTheRequestUntilEnd) {
  Log log;
  static constexpr PerRequest<std::vector<UserExecutionContext>> many;
  {
    const auto context = noting(log, "a");
    many.get_or_create(context,
                       [] { return std::vector<UserExecutionContext>(); })
        .push_back(context);
    EXPECT_EQ(log.text(), "+a");
    context.end();
    EXPECT_EQ(log.text(), "+a -a");
  }
}

TEST(HandleInObject, DestructorMayCopyItsContext) {
  struct Late {
    explicit Late(const UserExecutionContext &c, std::string &out)
        : context(c), user(out) {}
    ~Late() {
      const UserExecutionContext copy = context;
      user = std::string(copy.user_id());
    }
    UserExecutionContext context;
    std::string &user;
  };
  static constexpr PerRequest<Late> late;
  std::string user;
  {
    const auto context = context_of("a");
    late.get_or_create(context, [&] { return Late(context, user); });
  }
  EXPECT_EQ(user, "a");
}

TEST(HandleInObject, MayEscapeFromADestructor) {
  struct Escape {
    UserExecutionContext context;
    std::optional<UserExecutionContext> &out;
    Escape(const UserExecutionContext &c,
           std::optional<UserExecutionContext> &o)
        : context(c), out(o) {}
    ~Escape() { out = context; }
  };
  static constexpr PerRequest<Escape> escape;
  std::optional<UserExecutionContext> out;
  {
    const auto context = context_of("a");
    escape.get_or_create(context, [&] { return Escape(context, out); });
  }
  ASSERT_TRUE(out);
  EXPECT_EQ(out->user_id(), "a");
  EXPECT_TRUE(out->ended());
}

TEST(HandleInObject, ASlotMayHoldAContextItself) {
  static constexpr PerRequest<UserExecutionContext> self;
  Log log;
  {
    const auto context = noting(log, "a");
    self.get_or_create(context, [&] { return context.child("self"); });
    EXPECT_EQ(self.peek(context)->operation(), "self");
  }
  EXPECT_EQ(log.text(), "+a -a");
}

} // namespace
