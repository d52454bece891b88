// Pointers from share(): the object stays for them, whatever becomes of its
// slot.

#include "fixture.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using isolation::Domain;
using isolation::Identity;
using isolation::PerRequest;
using isolation::PerUser;
using isolation::UserExecutionContext;
using isolation_test::context_of;
using isolation_test::Log;
using isolation_test::Noted;

namespace {

/// As a factory's or set()'s: movable, and only the last one speaks.
class Named {
public:
  Named(Log &log, std::string name)
      : noted_(std::make_unique<Noted>(log, name)), name_(std::move(name)) {}
  const std::string &name() const { return name_; }

private:
  std::unique_ptr<Noted> noted_;
  std::string name_;
};

template <template <class> class Slot> struct Slots {
  static constexpr Slot<Named> named{};
  static constexpr Slot<Named> before{};
  static constexpr Slot<Named> after{};
};

// The same for both kinds of scope.
template <class Slots> void outlives_its_slot(UserExecutionContext context) {
  Log log;
  {
    auto shared =
        Slots::named.share(context, [&] { return Named(log, "first"); });
    auto again = Slots::named.share(context);
    EXPECT_EQ(shared, again);
    EXPECT_TRUE(Slots::named.reset(context));
    EXPECT_FALSE(Slots::named.reset(context));
    EXPECT_EQ(Slots::named.peek(context), nullptr);
    EXPECT_EQ(Slots::named.share(context), nullptr);
    Slots::named.set(context, Named(log, "second"));
    Slots::named.set(context, Named(log, "third"));
    const auto third = Slots::named.share(context);
    Slots::named.set(context, Named(log, "fourth"));
    EXPECT_EQ(shared->name() + " " + third->name(), "first third");
    EXPECT_EQ(log.text(), "+first +second +third -second +fourth");
    shared.reset();
    EXPECT_EQ(again->name(), "first");
    again.reset();
    EXPECT_EQ(log.text(), "+first +second +third -second +fourth -first");
  }
  EXPECT_EQ(log.text(), "+first +second +third -second +fourth -first -third");
  EXPECT_EQ(Slots::named.peek(context)->name(), "fourth");
  EXPECT_TRUE(Slots::named.reset(context));
}

TEST(Share, OutlivesItsSlot) {
  outlives_its_slot<Slots<PerRequest>>(context_of("ann"));
}

TEST(Share, OutlivesItsSlotInAWiderScope) {
  Domain domain;
  outlives_its_slot<Slots<PerUser>>(
      domain.begin(Identity{"ann", "t-1", "r-1"}));
}

TEST(Share, OutlivesAnotherRequestsChangeOfTheUsersState) {
  Log log;
  Domain domain;
  std::shared_ptr<Named> shared;
  {
    const auto context = domain.begin(Identity{"ann", "t-1", "r-1"});
    shared = Slots<PerUser>::named.share(context,
                                         [&] { return Named(log, "first"); });
    const auto other = domain.begin(Identity{"ann", "t-2", "r-2"});
    Slots<PerUser>::named.set(other, Named(log, "second"));
    context.end();
  }
  EXPECT_EQ(shared->name(), "first");
  shared.reset();
  EXPECT_EQ(log.text(), "+first +second -first");
}

TEST(Share, EndsWithItsRequestInTheOrderOfCreation) {
  using All = Slots<PerRequest>;
  Log log;
  const auto context = context_of("ann");
  All::before.get_or_create(context, [&] { return Named(log, "before"); });
  const auto shared =
      All::named.share(context, [&] { return Named(log, "shared"); });
  All::after.get_or_create(context, [&] { return Named(log, "after"); });
  All::named.set(context, Named(log, "second"));
  context.end();
  EXPECT_EQ(log.text(), "+before +shared +after +second "
                        "-second -after -shared -before");
}

TEST(Share, OfWhatATestShowsIsTheTests) {
  Log log;
  const auto context = context_of("ann");
  constexpr const auto &slot = Slots<PerRequest>::named;
  slot.set(context, Named(log, "own"));
  Named fake(log, "fake");
  const auto guard = slot.override_for_test(context, fake);
  const auto shared = slot.share(context);
  EXPECT_EQ(shared.get(), &fake);
  slot.reset(context);
  EXPECT_EQ(log.text(), "+own +fake -own");
}

struct Throws {
  Throws() = default;
  Throws(Throws &&) noexcept {}
  // NOLINTNEXTLINE(bugprone-exception-escape): it is what is tested
  ~Throws() noexcept(false) {
    if (armed)
      throw std::logic_error("no");
  }
  bool armed = false;
};

// NOLINTNEXTLINE(isolation-mutable-global): what a fault handler can write to
std::atomic<int> faults{0};

TEST(Share, ADestructorThatThrowsIsReported) {
  static constexpr PerRequest<Throws> slot;
  const auto before =
      isolation::set_fault_handler([](const char *) noexcept { ++faults; });
  {
    const auto context = context_of("ann");
    auto shared = slot.share(context, [] { return Throws(); });
    shared->armed = true;
    slot.reset(context);
    EXPECT_EQ(faults, 0);
    shared.reset();
    EXPECT_EQ(faults, 1);
    slot.get_or_create(context, [] { return Throws(); });
  }
  EXPECT_EQ(faults, 1);
  isolation::set_fault_handler(before);
}

TEST(Share, FromManyThreadsWhileTheSlotChanges) {
  constexpr int rounds = 300;
  std::atomic<int> alive{0};
  class Counted {
  public:
    explicit Counted(std::atomic<int> &alive) : alive_(&alive) { ++*alive_; }
    Counted(Counted &&other) noexcept
        : alive_(std::exchange(other.alive_, nullptr)) {}
    ~Counted() {
      if (alive_)
        --*alive_;
    }
    bool there() const { return *alive_ > 0; }

  private:
    std::atomic<int> *alive_;
  };
  static constexpr PerRequest<Counted> slot;
  {
    const auto context = context_of("ann");
    std::vector<std::thread> threads;
    for (int i = 0; i != 3; ++i)
      threads.emplace_back([&, context] {
        for (int round = 0; round != rounds; ++round) {
          const auto shared =
              slot.share(context, [&] { return Counted(alive); });
          EXPECT_TRUE(!shared || shared->there());
        }
      });
    threads.emplace_back([&, context] {
      for (int round = 0; round != rounds; ++round)
        if (round % 2 == 0)
          slot.reset(context);
        else
          slot.set(context, Counted(alive));
    });
    for (std::thread &thread : threads)
      thread.join();
    EXPECT_LE(alive, 1);
  }
  EXPECT_EQ(alive, 0);
}

} // namespace
