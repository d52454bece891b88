// Handles that outlive what they point to, and shared pointers that keep it.

#include "fixture.h"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

using isolation::PerRequest;
using isolation::RequestEndedError;
using isolation::Scoped;
using isolation_test::context_of;
using isolation_test::Log;
using isolation_test::Noted;

namespace {

inline constexpr PerRequest<std::string> text;

TEST(Scoped, ShowsWhatTheSlotShows) {
  const auto context = context_of("ann");
  const Scoped<std::string> early = text.scoped(context);
  EXPECT_EQ(early.get(), nullptr);
  EXPECT_FALSE(early);
  EXPECT_THROW((void)*early, isolation::Error);
  std::string &made =
      text.get_or_create(context, [] { return std::string("made"); });
  EXPECT_EQ(&*early, &made);
  EXPECT_EQ(early->size(), 4u);
  text.set(context, std::string("set"));
  EXPECT_EQ(*early, "set");
  text.reset(context);
  EXPECT_FALSE(early);
}

TEST(Scoped, NoticesTheEnd) {
  std::optional<isolation::UserExecutionContext> context = context_of("ann");
  text.get_or_create(*context, [] { return std::string("x"); });
  const Scoped<std::string> handle = text.scoped(*context);
  const Scoped<std::string> copy = handle;
  context->end();
  EXPECT_EQ(copy.get(), nullptr);
  EXPECT_THROW((void)*copy, RequestEndedError);
  EXPECT_THROW((void)text.scoped(*context), RequestEndedError);
  context.reset();
  EXPECT_EQ(handle.get(), nullptr);
  try {
    (void)handle->size();
    ADD_FAILURE();
  } catch (const RequestEndedError &error) {
    EXPECT_NE(std::string(error.what()).find("a Scoped<std::"),
              std::string::npos)
        << error.what();
  }
}

TEST(Scoped, TellsAnEmptySlotFromAnEnd) {
  const auto raises_ended = [](const Scoped<std::string> &handle) {
    try {
      (void)*handle;
    } catch (const RequestEndedError &) {
      return true;
    } catch (const isolation::Error &) {
      return false;
    }
    ADD_FAILURE() << "is not empty";
    return false;
  };
  for (int i = 0; i != 3; ++i) { // with what an ended request gave back, too
    const auto context = context_of("ann");
    const Scoped<std::string> handle = text.scoped(context);
    EXPECT_FALSE(raises_ended(handle));
    text.get_or_create(context, [] { return std::string("x"); });
    text.reset(context);
    EXPECT_FALSE(raises_ended(handle));
    context.end(); // and the context stays
    EXPECT_TRUE(raises_ended(handle));
  }
}

// Fruit, for one, lets such a pointer be read, and it shows the new request's
// object, which lies where the old one's was.
TEST(Scoped, OfAnEarlierRequestNeverShowsALaterOne) {
  std::vector<Scoped<std::string>> old;
  for (int i = 0; i != 200; ++i) {
    const auto context = context_of("user-" + std::to_string(i));
    text.get_or_create(context, [&] { return std::to_string(i); });
    for (const auto &handle : old)
      EXPECT_EQ(handle.get(), nullptr);
    old.push_back(text.scoped(context));
    EXPECT_EQ(*old.back(), std::to_string(i));
  }
}

TEST(Scoped, PointsNowhereByDefault) {
  Scoped<std::string> handle;
  EXPECT_FALSE(handle);
  EXPECT_THROW((void)*handle, RequestEndedError);
  const auto context = context_of("ann");
  text.set(context, std::string("x"));
  handle = text.scoped(context);
  EXPECT_EQ(*handle, "x");
}

TEST(Share, KeepsTheRequest) {
  Log log;
  static constexpr PerRequest<Noted> slot;
  std::shared_ptr<Noted> kept;
  {
    const auto context = context_of("ann");
    EXPECT_EQ(slot.share(context), nullptr);
    kept = slot.share(context, [&] { return Noted(log, "1"); });
    EXPECT_EQ(kept.get(), slot.peek(context));
  }
  EXPECT_EQ(log.text(), "+1");
  kept.reset();
  EXPECT_EQ(log.text(), "+1 -1");
}

} // namespace
