// Isolation faults that a checked build finds; and that an unchecked one costs
// nothing.

#include "fixture.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using isolation::ContextGuard;
using isolation::Domain;
using isolation::FaultKind;
using isolation::Identity;
using isolation::IsolationFault;
using isolation::IsolationFaultError;
using isolation::LeakReport;
using isolation::PerRequest;
using isolation::PerUser;
using isolation::ProcessContext;
using isolation::UserExecutionContext;
using isolation_test::context_of;

namespace {

#if ISOLATION_CHECKED

// A fault handler is a plain function: nothing else leads it to the test.
// NOLINTNEXTLINE(isolation-mutable-global): one test at a time uses it
std::vector<IsolationFault> *recorded = nullptr;

class Faults : public testing::Test {
protected:
  Faults() {
    recorded = &faults;
    isolation::set_isolation_fault_handler(
        [](const IsolationFault &fault) { recorded->push_back(fault); });
  }
  ~Faults() override { isolation::set_isolation_fault_handler(nullptr); }

  void expect_one(FaultKind kind, const char *type) {
    ASSERT_EQ(faults.size(), 1u);
    EXPECT_EQ(faults[0].kind, kind) << faults[0].text();
    EXPECT_NE(faults[0].type.find(type), std::string::npos) << faults[0].text();
    EXPECT_NE(std::string(faults[0].made.file).find("checked_test.cpp"),
              std::string::npos)
        << faults[0].text();
    for (const char *raw : {"ann", "bob"})
      EXPECT_EQ(faults[0].text().find(raw), std::string::npos)
          << "names a user: " << faults[0].text();
    EXPECT_NE(faults[0].owner, faults[0].user);
  }

  std::vector<IsolationFault> faults;
};

struct Cart {
  int items = 0;
};
struct Order {
  Cart *cart = nullptr;
};
inline constexpr PerRequest<Cart> cart;
inline constexpr PerRequest<Order> order;

TEST_F(Faults, NoneWhereUsersStayApart) {
  for (const char *user : {"ann", "bob"}) {
    const auto context = context_of(user);
    const ContextGuard guard(context);
    order.get_or_create(context, [&] {
      // NOLINTNEXTLINE(isolation-ambient-context): it is what is tested
      return Order{&cart.get_or_create(isolation::current_context(),
                                       [] { return Cart(); })};
    });
    cart.set(context.child("c"), std::make_shared<Cart>());
    cart.reset(context);
  }
  EXPECT_TRUE(faults.empty()) << faults[0].text();
}

TEST_F(Faults, AnObjectMadeInsideAnotherUsersFactory) {
  const auto ann = context_of("ann");
  const auto bob = context_of("bob");
  order.get_or_create(ann, [&] {
    return Order{&cart.get_or_create(bob, [] { return Cart(); })};
  });
  expect_one(FaultKind::ObjectOfAnotherUser, "Cart");
}

TEST_F(Faults, AnObjectPutIntoAnotherUsersSlot) {
  const auto ann = context_of("ann");
  const auto bob = context_of("bob");
  cart.get_or_create(ann, [] { return Cart(); });
  cart.set(bob, cart.share(ann));
  expect_one(FaultKind::ObjectOfAnotherUser, "Cart");
}

TEST_F(Faults, AnObjectReturnedByAnotherUsersFactory) {
  const auto ann = context_of("ann");
  const auto bob = context_of("bob");
  cart.get_or_create(ann, [] { return Cart(); });
  const std::shared_ptr<Cart> of_ann = cart.share(ann);
  cart.get_or_create(bob, [&] { return of_ann; });
  expect_one(FaultKind::ObjectOfAnotherUser, "Cart");
}

// What a slot keeps as a pointer is its user's as well: a factory may go on
// returning the singleton that it came to replace.
TEST_F(Faults, AnObjectThatTwoUsersFactoriesReturn) {
  const auto singleton = std::make_shared<Cart>();
  const auto ann = context_of("ann");
  const auto bob = context_of("bob");
  cart.get_or_create(ann, [&] { return singleton; });
  cart.get_or_create(context_of("ann"), [&] { return singleton; });
  EXPECT_TRUE(faults.empty());
  cart.get_or_create(bob, [&] { return singleton; });
  expect_one(FaultKind::ObjectOfAnotherUser, "Cart");
}

TEST_F(Faults, AnObjectBehindAPointerIsFoundByItsParts) {
  struct Base {
    virtual ~Base() = default;
  };
  struct Other {
    int padding = 0;
    virtual ~Other() = default;
  };
  struct Both : Other, Base {};
  static constexpr PerRequest<Base> slot;
  const auto shared = std::make_shared<Both>();
  const auto ann = context_of("ann");
  const auto bob = context_of("bob");
  slot.set(ann, shared);
  const auto guard = slot.override_for_test(bob, *shared);
  expect_one(FaultKind::ObjectOfAnotherUser, "Base");
}

TEST_F(Faults, AnObjectIsNobodysAfterItsSlot) {
  const auto shared = std::make_shared<Cart>();
  const auto ann = context_of("ann");
  const auto bob = context_of("bob");
  cart.set(ann, shared);
  cart.reset(ann);
  cart.set(bob, shared);
  cart.set(bob, std::make_unique<Cart>());
  cart.set(ann, shared);
  ann.end();
  cart.set(bob, shared);
  EXPECT_TRUE(faults.empty());
}

TEST_F(Faults, AContextInAnotherUsersObjectBehindAPointer) {
  struct Desk {
    std::optional<UserExecutionContext> context;
  };
  static constexpr PerRequest<Desk> slot;
  const auto ann = context_of("ann");
  Desk &desk = slot.get_or_create(ann, [] { return std::make_unique<Desk>(); });
  desk.context = ann.child("own");
  EXPECT_TRUE(faults.empty());
  desk.context = context_of("bob");
  expect_one(FaultKind::ContextInForeignObject, "Desk");
}

TEST_F(Faults, AnObjectShownToAnotherUser) {
  const auto ann = context_of("ann");
  const auto bob = context_of("bob");
  Cart &of_ann = cart.get_or_create(ann, [] { return Cart(); });
  const auto guard = cart.override_for_test(bob, of_ann);
  expect_one(FaultKind::ObjectOfAnotherUser, "Cart");
}

TEST_F(Faults, AnotherUsersContextUnderAGuard) {
  const auto ann = context_of("ann");
  const auto bob = context_of("bob");
  const ContextGuard guard(ann);
  cart.get_or_create(bob, [] { return Cart(); });
  expect_one(FaultKind::ContextOfAnotherUser, "Cart");
  EXPECT_NE(faults[0].made.line, faults[0].used.line);
}

TEST_F(Faults, AnotherRequestOfTheSameUserIsNone) {
  const ContextGuard guard(context_of("ann"));
  cart.get_or_create(context_of("ann"), [] { return Cart(); });
  EXPECT_TRUE(faults.empty());
}

// NOLINTNEXTLINE(isolation-mutable-global): the mistake that is tested
std::optional<UserExecutionContext> last_context;

TEST_F(Faults, AContextInAGlobal) {
  last_context = context_of("ann");
  ASSERT_FALSE(faults.empty());
  EXPECT_EQ(faults[0].kind, FaultKind::ContextInStaticStorage);
  last_context.reset();
}

struct Keeper {
  explicit Keeper(const UserExecutionContext &c) : context(c) {}
  UserExecutionContext context;
};
inline constexpr PerRequest<Keeper> keeper;
inline constexpr PerUser<Keeper> user_keeper;

TEST_F(Faults, AContextInAUsersState) {
  Domain domain;
  const auto context = domain.begin(Identity{"ann", "t-1", "r-1"});
  user_keeper.get_or_create(context, [&] { return Keeper(context); });
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(faults[0].kind, FaultKind::ContextInForeignObject);
  user_keeper.reset(context);
}

TEST_F(Faults, AContextInAnotherUsersObject) {
  const auto ann = context_of("ann");
  const ProcessContext process;
  keeper.get_or_create(process.context(), [&] { return Keeper(ann); });
  expect_one(FaultKind::ContextInForeignObject, "Keeper");
}

TEST_F(Faults, AContextInItsOwnObjectIsNone) {
  const auto ann = context_of("ann");
  keeper.get_or_create(ann, [&] { return Keeper(ann); });
  keeper.set(ann, Keeper(ann));
  EXPECT_TRUE(faults.empty());
}

TEST_F(Faults, MemoryThatIsUsedAgainBelongsToItsNewUser) {
  struct Large {
    char bytes[3000] = {};
  };
  static constexpr PerRequest<Large> large;
  const auto ann = context_of("ann");
  for (int i = 0; i != 50; ++i) {
    large.set(ann, Large());
    large.reset(ann);
    const auto bob = context_of("bob");
    cart.set(bob, std::make_unique<Cart>());
    keeper.get_or_create(bob, [&] { return Keeper(bob); });
    EXPECT_THROW(keeper.set(bob, std::unique_ptr<Keeper>()), isolation::Error);
  }
  EXPECT_TRUE(faults.empty()) << faults[0].text();
}

TEST_F(Faults, AGuardThatATaskLeftBehind) {
  isolation::expect_idle_thread();
  EXPECT_TRUE(faults.empty());
  // Only by force: as in a coroutine frame that is suspended under a guard.
  alignas(ContextGuard) unsigned char frame[sizeof(ContextGuard)];
  auto *const guard =
      ::new (static_cast<void *>(frame)) ContextGuard(context_of("ann"));
  isolation::expect_idle_thread();
  expect_one(FaultKind::AmbientContextLeft, "");
  guard->~ContextGuard();
}

TEST_F(Faults, AGuardThatATaskLeftInItsBoundary) {
  alignas(ContextGuard) unsigned char frame[sizeof(ContextGuard)];
  const ContextGuard *guard = nullptr;
  {
    const isolation::TaskBoundary boundary;
    guard = ::new (static_cast<void *>(frame)) ContextGuard(context_of("ann"));
  }
  expect_one(FaultKind::AmbientContextLeft, "");
  isolation::expect_idle_thread(); // was taken off
  EXPECT_EQ(faults.size(), 1u);
  guard->context().~UserExecutionContext();
}

TEST_F(Faults, AGuardThatAThreadLeavesAtItsEnd) {
  alignas(ContextGuard) unsigned char frame[sizeof(ContextGuard)];
  const ContextGuard *guard = nullptr;
  std::thread([&] {
    guard = ::new (static_cast<void *>(frame)) ContextGuard(context_of("ann"));
  }).join();
  expect_one(FaultKind::AmbientContextLeft, "");
  // The guard itself cannot be destroyed any more; its request can be let go.
  guard->context().~UserExecutionContext();
}

TEST(FaultsByDefault, AreThrown) {
  const auto ann = context_of("ann");
  const auto bob = context_of("bob");
  const ContextGuard guard(ann);
  try {
    (void)cart.peek(bob);
    ADD_FAILURE();
  } catch (const IsolationFaultError &error) {
    EXPECT_EQ(error.fault().kind, FaultKind::ContextOfAnotherUser);
    const std::string text = error.what();
    EXPECT_NE(text.find("user#"), std::string::npos);
    EXPECT_NE(text.find("checked_test.cpp:"), std::string::npos);
  }
}

TEST(FaultsByDefault, LeaveTheSlotEmpty) {
  const auto ann = context_of("ann");
  const auto bob = context_of("bob");
  cart.get_or_create(ann, [] { return Cart(); });
  EXPECT_THROW(cart.set(bob, cart.share(ann)), IsolationFaultError);
  EXPECT_THROW(cart.get_or_create(bob, [&] { return cart.share(ann); }),
               IsolationFaultError);
  EXPECT_EQ(cart.peek(bob), nullptr);
}

using FaultsByDefaultDeathTest = testing::Test;
TEST(FaultsByDefaultDeathTest, AbortWhereNothingCanBeThrown) {
  testing::GTEST_FLAG(death_test_style) = "threadsafe";
  EXPECT_DEATH(
      { last_context = context_of("ann"); },
      "isolation: a context was stored in a process-wide place");
}

TEST(Leaks, AreReportedWithTheirHolders) {
  const auto context = context_of("ann");
  keeper.get_or_create(context, [&] { return Keeper(context); });
  const UserExecutionContext second = context.child("slow");
  const auto report =
      LeakReport::of_requests_older_than(std::chrono::seconds(0));
  ASSERT_EQ(report.requests().size(), 1u) << report.text();
  EXPECT_EQ(report.requests()[0].holders.size(), 2u) << report.text();
  EXPECT_NE(report.text().find("checked_test.cpp"), std::string::npos)
      << report.text();
  EXPECT_TRUE(LeakReport::of_requests_older_than(std::chrono::hours(1))
                  .requests()
                  .empty());
  context.end();
  EXPECT_TRUE(LeakReport::of_requests_older_than(std::chrono::seconds(0))
                  .requests()
                  .empty());
}

TEST(Leaks, OfNobodyThereAreNone) {
  {
    const auto context = context_of("ann");
  }
  EXPECT_TRUE(LeakReport::available());
  EXPECT_TRUE(LeakReport::of_requests_older_than(std::chrono::seconds(0))
                  .requests()
                  .empty());
}

#else

TEST(Unchecked, LooksForNothing) {
  static constexpr PerRequest<int> slot;
  const ContextGuard guard(context_of("ann"));
  EXPECT_EQ(slot.get_or_create(context_of("bob"), [] { return 1; }), 1);
  isolation::expect_idle_thread();
  EXPECT_FALSE(LeakReport::available());
  EXPECT_TRUE(LeakReport::of_requests_older_than(std::chrono::seconds(0))
                  .requests()
                  .empty());
}

#endif

#if ISOLATION_ASAN
using EndedDeathTest = testing::Test;
TEST(EndedDeathTest, AReferenceUsedAfterTheEnd) {
  static constexpr PerRequest<int> slot;
  const auto context = context_of("ann");
  int &kept = slot.get_or_create(context, [] { return 1; });
  context.end(); // the memory stays as long as `context` does
  EXPECT_DEATH(++kept, "use-after-poison");
}
#endif

} // namespace
