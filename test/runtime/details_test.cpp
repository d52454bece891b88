// The optional part of a context, and how a context prints.

#include "fixture.h"

#include <isolation/format.h>

#include <gtest/gtest.h>

#include <chrono>
#include <sstream>
#include <string>
#include <string_view>

using isolation::CancellationSource;
using isolation::Identity;
using isolation::MetadataKey;
using isolation::PerRequest;
using isolation::RequestDetails;
using isolation::UserExecutionContext;
using isolation_test::context_of;
using isolation_test::Log;
using isolation_test::Noted;

namespace {

inline constexpr MetadataKey<int> tenant{"tenant"};
inline constexpr MetadataKey<std::string> region{"region"};
inline constexpr MetadataKey<std::string> token{"token",
                                                isolation::Secrecy::Secret};
struct Opaque {};
inline constexpr MetadataKey<Opaque> opaque{"opaque"};

const Identity ann{"ann", "t-1", "r-1", "q-1", {}};

std::string printed(const UserExecutionContext &context) {
  std::ostringstream out;
  out << context;
  return out.str();
}

TEST(Details, AreAbsentUnlessGiven) {
  const auto context = UserExecutionContext::create(ann);
  EXPECT_EQ(context.details(), nullptr);
  EXPECT_EQ(context.metadata(tenant), nullptr);
  EXPECT_FALSE(context.created_at());
  EXPECT_FALSE(context.deadline());
  EXPECT_FALSE(context.expired());
  EXPECT_FALSE(context.cancelled());
}

TEST(Details, MetadataIsTypedAndSharedByChildren) {
  RequestDetails details;
  details.metadata.set(tenant, 7).set(region, "eu");
  const auto context = UserExecutionContext::create(ann, details);
  details.metadata.set(tenant, 8); // the context's own do not change
  EXPECT_EQ(*context.metadata(tenant), 7);
  EXPECT_EQ(*context.child("a").metadata(region), "eu");
  EXPECT_EQ(*context.isolated_child("b").metadata(region), "eu");
  EXPECT_EQ(context.metadata(token), nullptr);
  details.metadata.set(tenant, 9);
  EXPECT_EQ(*details.metadata.get(tenant), 9);
}

TEST(Details, SecretsAreNeverPrinted) {
  RequestDetails details;
  details.metadata.set(tenant, 6)
      .set(token, "s3cr3t")
      .set(region, "e\"u")
      .set(tenant, 7)
      .set(opaque, Opaque());
  const auto context = UserExecutionContext::create(ann, details);
  EXPECT_EQ(printed(context),
            "{user=\"ann\" thread=\"t-1\" run=\"r-1\" request=\"q-1\" "
            "opaque=\"...\" tenant=\"7\" region=\"e\\\"u\"}");
  EXPECT_EQ(*context.metadata(token), "s3cr3t");
#if defined(__cpp_lib_format)
  EXPECT_EQ(std::format("{}", context), printed(context));
#endif
}

// An entry of a log is a line; what a client sent must not begin another.
TEST(Details, WhatIsPrintedStaysInItsLine) {
  static constexpr MetadataKey<std::string> odd{"no\"te\n"};
  const auto shown = [](const std::string &value) {
    RequestDetails details;
    details.metadata.set(odd, value);
    const std::string all = printed(UserExecutionContext::create(ann, details));
    constexpr std::string_view before =
        "{user=\"ann\" thread=\"t-1\" run=\"r-1\" request=\"q-1\" "
        "no\\\"te\\n=\"";
    EXPECT_EQ(all.substr(0, before.size()), before);
    EXPECT_EQ(all.substr(all.size() - 2), "\"}");
    return all.substr(before.size(), all.size() - before.size() - 2);
  };
  EXPECT_EQ(shown("a\n{user=\"root\"}"), "a\\n{user=\\\"root\\\"}");
  EXPECT_EQ(shown("\r\t\\"), "\\r\\t\\\\");
  EXPECT_EQ(shown(std::string("\0\x1b[2J\x7f", 6)), "\\x00\\x1b[2J\\x7f");
  EXPECT_EQ(shown("\xc2\x85 \xe2\x80\xa8 \xe2\x80\xa9"),
            "\\xc2\\x85 \\xe2\\x80\\xa8 \\xe2\\x80\\xa9");
  EXPECT_EQ(shown("\xe2\x80\xae"), "\\xe2\\x80\\xae");
  EXPECT_EQ(shown("\x9b\xff\xe2\x80"), "\\x9b\\xff\\xe2\\x80");
  EXPECT_EQ(shown("M\xc3\xbcnchen \xf0\x9f\x99\x82"),
            "M\xc3\xbcnchen \xf0\x9f\x99\x82");
}

TEST(Details, DeadlineAndCreation) {
  RequestDetails details;
  const auto now = std::chrono::steady_clock::now();
  const auto wall = std::chrono::system_clock::now();
  details.created_at = wall;
  details.deadline = now - std::chrono::seconds(1);
  const auto late = UserExecutionContext::create(ann, details);
  EXPECT_TRUE(late.expired());
  EXPECT_EQ(late.created_at(), wall);
  details.deadline = now + std::chrono::hours(1);
  EXPECT_FALSE(UserExecutionContext::create(ann, details).expired());
}

TEST(Details, CancellationReachesEveryContext) {
  CancellationSource source;
  RequestDetails details;
  details.cancellation = source.token();
  const auto context = UserExecutionContext::create(ann, details);
  const auto child = context.child("a");
  EXPECT_FALSE(child.cancelled());
  source.request();
  EXPECT_TRUE(child.cancelled());
  EXPECT_TRUE(context.isolated_child("b").cancelled());
}

TEST(Details, RulesAddPlaceholders) {
  static constexpr std::string_view words[] = {"guest", "0000"};
  const isolation::IdentityRules rules(words);
  EXPECT_THROW((void)UserExecutionContext::create(
                   Identity{"GUEST ", "t-1", "r-1"}, {}, rules),
               isolation::InvalidContextError);
  EXPECT_THROW((void)UserExecutionContext::create(
                   Identity{"guest", "thread-1", "run-1"}, {}, rules),
               isolation::InvalidContextError);
  isolation::IdentityProblem problem;
  EXPECT_FALSE(UserExecutionContext::try_create(Identity{"u-1", "t-1", "0000"},
                                                &problem, {}, rules));
  EXPECT_EQ(problem.field, "run_id");
  EXPECT_TRUE(UserExecutionContext::try_create(Identity{"guests", "t-1", "r-1"},
                                               &problem, {}, rules));
}

TEST(IsolatedChild, HasItsOwnScopeAndKeepsItsParent) {
  Log log;
  static constexpr PerRequest<Noted> slot;
  {
    const auto context = UserExecutionContext::create(ann);
    slot.get_or_create(context, [&] { return Noted(log, "parent"); });
    auto inner = context.child("a").isolated_child("b");
    EXPECT_EQ(slot.peek(inner), nullptr);
    slot.get_or_create(inner, [&] { return Noted(log, "inner"); });
    EXPECT_FALSE(inner.same_request(context));
    EXPECT_EQ(inner, context); // by identity
    EXPECT_EQ(inner.request_id(), "q-1");
    EXPECT_EQ(inner.operation(), "b");
    EXPECT_EQ(inner.depth(), 2u);
    EXPECT_EQ(inner.parent()->operation(), "a");
    EXPECT_EQ(inner.child("c").depth(), 3u);
    EXPECT_EQ(printed(inner.child("c")),
              "{user=\"ann\" thread=\"t-1\" run=\"r-1\" request=\"q-1\" "
              "operation=\"a/b/c\"}");
    inner.end();
    EXPECT_EQ(log.text(), "+parent +inner -inner");
    EXPECT_FALSE(context.ended());
  }
  EXPECT_EQ(log.text(), "+parent +inner -inner -parent");
}

TEST(IsolatedChild, AloneKeepsTheParentsRequest) {
  Log log;
  static constexpr PerRequest<Noted> slot;
  {
    const auto inner = [&] {
      const auto context = UserExecutionContext::create(ann);
      slot.get_or_create(context, [&] { return Noted(log, "parent"); });
      return context.isolated_child("b");
    }();
    EXPECT_EQ(log.text(), "+parent");
    EXPECT_NE(slot.peek(*inner.parent()), nullptr);
  }
  EXPECT_EQ(log.text(), "+parent -parent");
}

TEST(IsolatedChild, DepthIsBounded) {
  auto context = UserExecutionContext::create(ann);
  for (std::uint32_t i = 0; i != UserExecutionContext::max_depth; ++i)
    context = context.isolated_child("deeper");
  EXPECT_THROW((void)context.isolated_child("too deep"),
               isolation::InvalidContextError);
  EXPECT_THROW((void)context.isolated_child(""),
               isolation::InvalidContextError);
}

} // namespace
