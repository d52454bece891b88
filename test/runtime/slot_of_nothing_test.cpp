// Slots whose object is made without a factory.

#include "fixture.h"

#include <gtest/gtest.h>

#include <cstring>
#include <memory>
#include <string>

using isolation::PerRequest;
using isolation_test::context_of;

namespace {
constexpr PerRequest<int> number;

TEST(SlotOfNothing, MakesAValue) {
  static constexpr PerRequest<std::shared_ptr<int>> kept;
  const auto context = context_of("a");
  int &zero = number.get_or_create(context);
  EXPECT_EQ(zero, 0);
  zero = 3;
  EXPECT_EQ(number.get_or_create(context), 3);
  EXPECT_EQ(number.get_or_create(context, [] { return 4; }), 3);
  EXPECT_EQ(number.get_or_create(context_of("b")), 0);
  EXPECT_EQ(kept.get_or_create(context), nullptr);
  kept.get_or_create(context) = std::make_shared<int>(5);
  EXPECT_EQ(*kept.get_or_create(context), 5);
}

TEST(SlotOfNothing, KeepsArrays) {
  static constexpr PerRequest<char[16]> text;
  static constexpr PerRequest<std::string[2][3]> table;
  const auto context = context_of("a");
  auto &buffer = text.get_or_create(context);
  static_assert(sizeof(buffer) == 16);
  EXPECT_STREQ(buffer, "");
  std::strcpy(buffer, "mine");
  EXPECT_STREQ(text.get_or_create(context), "mine");
  EXPECT_STREQ(*text.peek(context), "mine");
  EXPECT_STREQ(text.get_or_create(context_of("b")), "");
  EXPECT_TRUE(text.reset(context));
  EXPECT_STREQ(text.get_or_create(context), "");
  table.get_or_create(context)[1][2] = "a text that no small string could hold";
  EXPECT_EQ(table.get_or_create(context)[1][2].size(), 38u);
}
} // namespace
