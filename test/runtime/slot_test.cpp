// What can be put into a slot, and how it gets there.

#include "fixture.h"
#include "other_unit.h"

#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

using isolation::PerRequest;
using isolation::UserExecutionContext;
using isolation_test::context_of;
using isolation_test::Log;
using isolation_test::Noted;

namespace {

struct Shape {
  virtual ~Shape() = default;
  virtual std::string name() const = 0;
};
struct Named {
  virtual ~Named() = default;
  long padding = 7;
};
struct Circle final : Named, Shape { // Shape is not at the start
  explicit Circle(std::string text = "circle") : text_(std::move(text)) {}
  Circle(const Circle &) = delete;
  std::string name() const override { return text_; }
  std::string text_;
};

static constexpr PerRequest<Shape> shape; // as in a source file
inline constexpr PerRequest<int> number;  // as in a header

static_assert(!std::is_copy_constructible_v<PerRequest<int>>);
static_assert(!std::is_copy_assignable_v<PerRequest<int>>);

class Private {
public:
  static Private &create(const UserExecutionContext &context) {
    return slot_.get_or_create(context, [] { return Private(42); });
  }
  Private(const Private &) = delete;
  int value() const { return value_; }

private:
  friend class PerRequest<Private>; // for the destructor
  explicit Private(int value) : value_(value) {}
  ~Private() = default;
  int value_;
  static constexpr PerRequest<Private> slot_{}; // Private is incomplete here
};

template <class Tag> int &counter(const UserExecutionContext &context) {
  static constexpr PerRequest<int> slot;
  return slot.get_or_create(context, [] { return 0; });
}

TEST(Slot, CreatesOnceAndFindsAgain) {
  const auto context = context_of("a");
  int calls = 0;
  EXPECT_EQ(number.peek(context), nullptr);
  int &first = number.get_or_create(context, [&] { return ++calls; });
  int &second = number.get_or_create(context, [&] { return ++calls; });
  EXPECT_EQ(&first, &second);
  EXPECT_EQ(number.peek(context), &first);
  EXPECT_EQ(calls, 1);
}

TEST(Slot, RequestsDoNotShare) {
  const auto ann = context_of("ann");
  const auto ann_again = context_of("ann");
  const auto bob = context_of("bob");
  number.get_or_create(ann, [] { return 1; });
  EXPECT_EQ(number.peek(ann_again), nullptr);
  EXPECT_EQ(number.peek(bob), nullptr);
  EXPECT_EQ(number.get_or_create(bob, [] { return 2; }), 2);
  EXPECT_EQ(*number.peek(ann), 1);
}

TEST(Slot, ChildrenShareTheirRequests) {
  const auto root = context_of("a");
  number.get_or_create(root.child("one"), [] { return 1; });
  EXPECT_EQ(*number.peek(root.child("two").child("three")), 1);
}

TEST(Slot, SlotsOfOneTypeAreDistinct) {
  const auto context = context_of("a");
  counter<struct First>(context) = 1;
  counter<struct Second>(context) = 2;
  EXPECT_EQ(counter<struct First>(context), 1);
  EXPECT_EQ(counter<struct Second>(context), 2);
}

TEST(Slot, IsOneAcrossUnits) {
  const auto context = context_of("a");
  isolation_test::shared_counter(context) = 5;
  EXPECT_EQ(isolation_test::shared_counter_elsewhere(context), 5);
}

TEST(Slot, ReachesPrivateConstructorsAndDestructors) {
  const auto context = context_of("a");
  EXPECT_EQ(Private::create(context).value(), 42);
  EXPECT_EQ(&Private::create(context), &Private::create(context));
}

TEST(Slot, BuildsInPlace) {
  struct Pinned {
    Pinned() : self(this) {}
    Pinned(const Pinned &) = delete;
    Pinned *self;
  };
  static constexpr PerRequest<Pinned> slot;
  const auto context = context_of("a");
  Pinned &made = slot.get_or_create(context, [] { return Pinned(); });
  EXPECT_EQ(made.self, &made);
}

TEST(Slot, TakesDerivedObjectsOfAnAbstractType) {
  const auto in_place = context_of("a");
  EXPECT_EQ(shape.get_or_create(in_place, [] { return Circle("c"); }).name(),
            "c");
  EXPECT_EQ(shape.peek(in_place)->name(), "c");
  const auto unique = context_of("b");
  EXPECT_EQ(
      shape.get_or_create(unique, [] { return std::make_unique<Circle>("u"); })
          .name(),
      "u");
  const auto shared = context_of("c");
  const auto kept = std::make_shared<Circle>("s");
  EXPECT_EQ(shape.get_or_create(shared, [&] { return kept; }).name(), "s");
  EXPECT_EQ(shape.peek(shared), kept.get());
  EXPECT_EQ(kept.use_count(), 2);
}

TEST(Slot, TakesCustomDeleters) {
  int deleted = 0;
  {
    const auto deleter = [&deleted](Circle *circle) {
      ++deleted;
      delete circle;
    };
    const auto context = context_of("a");
    shape.get_or_create(context, [&] {
      return std::unique_ptr<Circle, decltype(deleter)>(new Circle, deleter);
    });
  }
  EXPECT_EQ(deleted, 1);
}

TEST(Slot, HoldsASmartPointerWhenThatIsItsType) {
  static constexpr PerRequest<std::shared_ptr<Shape>> slot;
  const auto context = context_of("a");
  std::shared_ptr<Shape> &held = slot.get_or_create(context, [] {
    return std::shared_ptr<Shape>(std::make_shared<Circle>());
  });
  EXPECT_EQ(held->name(), "circle");
  held.reset(); // the pointer is the object: it may be null
  EXPECT_EQ(slot.peek(context), &held);
}

TEST(Slot, TakesConstAndArrays) {
  static constexpr PerRequest<const std::string> text;
  static constexpr PerRequest<std::array<int, 3>> numbers;
  const auto context = context_of("a");
  EXPECT_EQ(text.get_or_create(context, [] { return std::string("x"); }), "x");
  EXPECT_EQ(numbers.get_or_create(
                context, [] { return std::array<int, 3>{1, 2, 3}; })[2],
            3);
}

TEST(Slot, RespectsAlignment) {
  struct alignas(64) Line {
    char bytes[64] = {};
  };
  struct alignas(4096) Page {
    char bytes[4096] = {};
  };
  static constexpr PerRequest<Line> line;
  static constexpr PerRequest<Page> page;
  static constexpr PerRequest<char> odd;
  const auto context = context_of("abc");
  odd.get_or_create(context, [] { return 'x'; });
  const auto address = [](const void *p) {
    return reinterpret_cast<std::uintptr_t>(p);
  };
  EXPECT_EQ(address(&line.get_or_create(context, [] { return Line(); })) % 64,
            0u);
  EXPECT_EQ(address(&page.get_or_create(context, [] { return Page(); })) % 4096,
            0u);
  page.reset(context);
  EXPECT_EQ(address(&page.get_or_create(context, [] { return Page(); })) % 4096,
            0u);
}

TEST(Slot, PassesTheContextToAFactoryThatTakesIt) {
  const auto context = context_of("ann");
  static constexpr PerRequest<std::string> slot;
  EXPECT_EQ(slot.get_or_create(context,
                               [](const UserExecutionContext &given) {
                                 return std::string(given.user_id());
                               }),
            "ann");
}

TEST(Slot, TakesMoveOnlyAndMutableFactories) {
  const auto context = context_of("a");
  auto owned = std::make_unique<int>(9);
  int calls = 0;
  EXPECT_EQ(number.get_or_create(context,
                                 [owned = std::move(owned), calls]() mutable {
                                   return *owned + calls++;
                                 }),
            9);
}

TEST(Slot, AFailedFactoryLeavesItEmpty) {
  const auto context = context_of("a");
  for (int attempt = 0; attempt != 3; ++attempt) {
    EXPECT_THROW(number.get_or_create(
                     context, []() -> int { throw std::runtime_error("no"); }),
                 std::runtime_error);
    EXPECT_EQ(number.peek(context), nullptr);
  }
  EXPECT_EQ(number.get_or_create(context, [] { return 4; }), 4);
}

TEST(Slot, RefusesNullFromAFactory) {
  const auto context = context_of("a");
  EXPECT_THROW(
      shape.get_or_create(context, [] { return std::unique_ptr<Circle>(); }),
      isolation::Error);
  EXPECT_THROW(shape.set(context, std::shared_ptr<Circle>()), isolation::Error);
  EXPECT_EQ(shape.peek(context), nullptr);
  EXPECT_EQ(shape.get_or_create(context, [] { return Circle(); }).name(),
            "circle");
}

TEST(Slot, FactoriesMayUseOtherSlots) {
  static constexpr PerRequest<std::string> outer;
  const auto context = context_of("a");
  EXPECT_EQ(outer.get_or_create(context,
                                [&] {
                                  return std::to_string(number.get_or_create(
                                      context, [] { return 3; }));
                                }),
            "3");
  EXPECT_EQ(*number.peek(context), 3);
}

TEST(Slot, SetReplacesAndResetEmpties) {
  Log log;
  static constexpr PerRequest<Noted> slot;
  const auto context = context_of("a");
  EXPECT_FALSE(slot.reset(context));
  slot.get_or_create(context, [&] { return Noted(log, "1"); });
  Noted &set = slot.set(context, std::make_unique<Noted>(log, "2"));
  EXPECT_EQ(slot.peek(context), &set);
  EXPECT_EQ(log.text(), "+1 +2 -1");
  EXPECT_TRUE(slot.reset(context));
  EXPECT_EQ(slot.peek(context), nullptr);
  EXPECT_FALSE(slot.reset(context));
  slot.get_or_create(context, [&] { return Noted(log, "3"); });
  EXPECT_EQ(log.text(), "+1 +2 -1 -2 +3");
}

TEST(Slot, SetTakesValuesAndDerivedObjects) {
  const auto context = context_of("a");
  const int lvalue = 8;
  EXPECT_EQ(number.set(context, lvalue), 8);
  EXPECT_EQ(number.set(context, 9), 9);
  EXPECT_EQ(*number.peek(context), 9);
  struct Square final : Shape {
    std::string name() const override { return "square"; }
  };
  EXPECT_EQ(shape.set(context, Square()).name(), "square");
  EXPECT_EQ(shape.set(context, std::make_shared<Circle>()).name(), "circle");
}

TEST(Slot, SettingOftenKeepsOneObject) {
  struct Counted {
    explicit Counted(int &count) : live(&count) { ++*live; }
    Counted(const Counted &other) : live(other.live) { ++*live; }
    ~Counted() { --*live; }
    int *live;
    char rest[1000] = {};
  };
  static constexpr PerRequest<Counted> slot;
  int live = 0;
  {
    const auto context = context_of("a");
    for (int i = 0; i != 10000; ++i) {
      slot.set(context, Counted(live));
      EXPECT_EQ(live, 1);
    }
  }
  EXPECT_EQ(live, 0);
}

TEST(Slot, SlotsOfOneHeadDoNotHideEachOther) {
  // More than there are heads, and few enough to lie in the first memory.
  static constexpr PerRequest<char> slots[90];
  // Slots have no number before the first request that fills them.
  for (int round = 0; round != 2; ++round) {
    const auto context = context_of("a");
    for (int i = 0; i != 90; ++i)
      slots[i].get_or_create(context, [&] { return static_cast<char>(i); });
    for (int i = 0; i != 90; ++i) {
      const char *const found = slots[i].peek(context);
      ASSERT_NE(found, nullptr) << i;
      ASSERT_EQ(*found, static_cast<char>(i));
    }
  }
}

TEST(Slot, IsMadeOnceBehindOneThatLiesFar) {
  struct Large {
    std::array<char, 300'000> bytes{}; // malloc maps a place of its own for it
  };
  static constexpr PerRequest<Large> large;
  static constexpr PerRequest<int> small;
  const auto context = context_of("a");
  large.get_or_create(context, [] { return Large(); });
  int made = 0;
  for (int i = 0; i != 3; ++i)
    small.get_or_create(context, [&] { return ++made; });
  EXPECT_EQ(made, 1);
}

// A small factory travels in place of a pointer to it.
TEST(Slot, FactoriesOfAnySize) {
  struct Destroyed {
    ~Destroyed() { value = 0; }
    int operator()() const { return value; }
    int value = 7;
  };
  struct Empty {
    ~Empty() {}
    int operator()() const { return 9; }
  };
  static constexpr PerRequest<int> slots[7];
  const auto context = context_of("a");
  int one = 1;
  char two = 2;
  double three = 3;
  const auto made = [&](int slot, auto &&factory) {
    return slots[slot].get_or_create(context,
                                     std::forward<decltype(factory)>(factory));
  };
  EXPECT_EQ(made(0, [] { return 5; }), 5);
  EXPECT_EQ(made(1, [one] { return one; }), 1);
  EXPECT_EQ(made(2, [&two] { return int{two}; }), 2);
  EXPECT_EQ(made(3, [one, two] { return one + two; }), 3);
  EXPECT_EQ(made(4, [&one, two, three] { return one + two + int(three); }), 6);
  EXPECT_EQ(made(5, Destroyed()), 7);
  EXPECT_EQ(made(6, Empty()), 9);
}

TEST(Slot, ManySlotsInOneRequest) {
  const auto context = context_of("a");
  // Keys need static storage only in that they outlive their requests.
  const auto keys =
      std::make_unique<std::array<PerRequest<std::size_t>, 2000>>();
  const auto late = context; // released first, with the objects
  for (std::size_t i = 0; i != keys->size(); ++i)
    (*keys)[i].get_or_create(context, [&] { return i; });
  for (std::size_t i = 0; i != keys->size(); ++i)
    EXPECT_EQ(*(*keys)[i].peek(context), i);
  context.end();
}

} // namespace
