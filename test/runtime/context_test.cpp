// Which identities are accepted, and what a context says about itself.

#include "fixture.h"

#include <gtest/gtest.h>

#include <optional>
#include <set>
#include <sstream>
#include <string>

using isolation::Identity;
using isolation::IdentityProblem;
using isolation::UserExecutionContext;

namespace {

std::string refusal(const Identity &identity) {
  IdentityProblem problem;
  if (UserExecutionContext::try_create(identity, &problem))
    return "accepted";
  try {
    (void)UserExecutionContext::create(identity);
    return "create() accepted what try_create() refused";
  } catch (const isolation::InvalidContextError &error) {
    EXPECT_EQ(error.field(), problem.field);
    EXPECT_EQ(error.reason(), problem.reason);
    EXPECT_EQ(error.what(), "invalid context: " + std::string(error.field()) +
                                " " + std::string(error.reason()));
  }
  return std::string(problem.field) + " " + std::string(problem.reason);
}

std::string refusal_of_user(const std::string &user) {
  return refusal(Identity{user, "t-1", "r-1", "q-1", {}});
}

TEST(ContextValidation, AcceptsRealIds) {
  EXPECT_EQ(refusal_of_user("u"), "accepted");
  EXPECT_EQ(refusal_of_user("0"), "accepted");
  EXPECT_EQ(refusal_of_user("6f1e8b1c-9d5f-4b8e-8a54-0d6e6a0a3b1f"),
            "accepted");
  EXPECT_EQ(refusal_of_user("ann@example.org"), "accepted");
  EXPECT_EQ(refusal_of_user("Ann Müller"), "accepted");
  EXPECT_EQ(refusal_of_user("\xe6\x9d\x8e\xf0\x9f\x99\x82"), "accepted");
  EXPECT_EQ(refusal_of_user("nonesuch"), "accepted");
  EXPECT_EQ(refusal_of_user("defaulted"), "accepted");
  EXPECT_EQ(refusal_of_user(std::string(256, 'x')), "accepted");
}

TEST(ContextValidation, NamesTheField) {
  EXPECT_EQ(refusal(Identity{{}, "t", "r", {}, {}}), "user_id is missing");
  EXPECT_EQ(refusal(Identity{"u", {}, "r", {}, {}}), "thread_id is missing");
  EXPECT_EQ(refusal(Identity{"u", "t", {}, {}, {}}), "run_id is missing");
  EXPECT_EQ(refusal(Identity{"u", "", "r", {}, {}}), "thread_id is empty");
  EXPECT_EQ(refusal(Identity{"u", "t", "none", {}, {}}),
            "run_id is a placeholder, not an id");
  EXPECT_EQ(refusal(Identity{"u", "t", "r", "null", {}}),
            "request_id is a placeholder, not an id");
  EXPECT_EQ(refusal(Identity{"u", "t", "r", "q", ""}),
            "websocket_client_id is empty");
  EXPECT_EQ(refusal(Identity{"user-1", "thread-1", "run-1", {}, ""}),
            "websocket_client_id is empty");
}

TEST(ContextValidation, RefusesEmptyBlankAndOverlong) {
  EXPECT_EQ(refusal_of_user(""), "user_id is empty");
  EXPECT_EQ(refusal_of_user(" "), "user_id is blank");
  EXPECT_EQ(refusal_of_user("            "), "user_id is blank");
  EXPECT_EQ(refusal_of_user("\xc2\xa0\xe3\x80\x80\xe2\x80\x8b"),
            "user_id is blank");
  EXPECT_EQ(refusal_of_user(std::string(257, 'x')),
            "user_id is longer than 256 bytes");
  EXPECT_EQ(
      refusal(Identity{static_cast<const char *>(nullptr), "t", "r", {}, {}}),
      "user_id is empty");
}

/// Characters that do not show, each in UTF-8.
constexpr const char *blanks[] = {
    "\xc2\xa0",         "\xc2\xad",         "\xcd\x8f",
    "\xe1\x85\x9f",     "\xe1\x85\xa0",     "\xe1\x9a\x80",
    "\xe1\xa0\x8e",     "\xe2\x80\x80",     "\xe2\x80\x8b",
    "\xe2\x80\x8d",     "\xe2\x80\x8e",     "\xe2\x80\x8f",
    "\xe2\x80\xaf",     "\xe2\x81\x9f",     "\xe2\x81\xa0",
    "\xe2\x81\xa4",     "\xe2\xa0\x80",     "\xe3\x80\x80",
    "\xe3\x85\xa4",     "\xef\xb8\x80",     "\xef\xb8\x8f",
    "\xef\xbb\xbf",     "\xef\xbe\xa0",     "\xd8\x9c",
    "\xe1\x9e\xb4",     "\xe1\x9e\xb5",     "\xe1\xa0\x8b",
    "\xe1\xa0\x8f",     "\xe2\x81\xa5",     "\xe2\x81\xaa",
    "\xe2\x81\xaf",     "\xef\xbf\xb0",     "\xef\xbf\xb8",
    "\xf0\x9b\xb2\xa0", "\xf0\x9b\xb2\xa3", "\xf0\x9d\x85\xb3",
    "\xf0\x9d\x85\xba", "\xf3\xa0\x80\xa0", "\xf3\xa0\x84\x80",
    "\xf3\xa0\xbf\xbf"};

TEST(ContextValidation, TakesEveryBlankForOne) {
  static constexpr std::string_view words[] = {"guest"};
  const isolation::IdentityRules rules(words);
  for (const std::string blank : blanks) {
    EXPECT_EQ(refusal_of_user(blank), "user_id is blank") << blank;
    EXPECT_EQ(refusal_of_user(blank + " " + blank), "user_id is blank");
    for (const std::string &text :
         {blank + "null", "none" + blank, " " + blank + "DEFAULT" + blank + " ",
          blank + "00000000-0000-0000-0000-000000000000"})
      EXPECT_EQ(refusal_of_user(text), "user_id is a placeholder, not an id")
          << text;
    EXPECT_TRUE(rules.refuse(blank + "Guest" + blank));
    EXPECT_EQ(refusal_of_user(blank + "ann" + blank), "accepted");
    EXPECT_EQ(refusal_of_user("ann" + blank + "lee"), "accepted");
  }
}

TEST(ContextValidation, RefusesWhatTurnsOrBreaksALine) {
  for (const std::string c : {"\xe2\x80\xa8", "\xe2\x80\xa9", "\xe2\x80\xaa",
                              "\xe2\x80\xae", "\xe2\x81\xa6", "\xe2\x81\xa9"})
    for (const std::string &text : {c, c + "ann", "an" + c + "n", "ann" + c})
      EXPECT_EQ(refusal_of_user(text), "user_id contains a control character");
}

TEST(ContextValidation, RefusesEachPlaceholderInAnyCase) {
  for (std::string_view word : isolation::detail::placeholders) {
    std::string text(word);
    EXPECT_EQ(refusal_of_user(text), "user_id is a placeholder, not an id");
    for (char &c : text)
      if (c >= 'a' && c <= 'z')
        c = static_cast<char>(c - 'a' + 'A');
    EXPECT_EQ(refusal_of_user(text), "user_id is a placeholder, not an id");
    EXPECT_EQ(refusal_of_user("  " + text + " "),
              "user_id is a placeholder, not an id");
    // The bounds by which the search is cut short must fit the list.
    EXPECT_GE(word.size(), isolation::detail::shortest_placeholder);
    EXPECT_LE(word.size(), isolation::detail::longest_placeholder);
  }
  EXPECT_EQ(refusal_of_user("00000000-0000-0000-0000-000000000000"),
            "user_id is a placeholder, not an id");
}

TEST(ContextValidation, RefusesControlCharactersAnywhere) {
  for (int c = 0; c != 256; ++c) {
    if (c >= ' ' && c != 0x7f)
      continue;
    for (std::size_t at = 0; at != 20; ++at) {
      std::string text(20, 'x');
      text[at] = static_cast<char>(c);
      EXPECT_EQ(refusal_of_user(text), "user_id contains a control character")
          << c << " at " << at;
    }
  }
  EXPECT_EQ(refusal_of_user("a\xc2\x85z"),
            "user_id contains a control character");
}

TEST(ContextValidation, AcceptsEachPrintableAsciiAnywhere) {
  for (int c = '!'; c != 0x7f; ++c)
    for (std::size_t at = 0; at != 20; ++at) {
      std::string text(20, 'x');
      text[at] = static_cast<char>(c);
      EXPECT_EQ(refusal_of_user(text), "accepted") << c << " at " << at;
    }
}

TEST(ContextValidation, RefusesWhatIsNotUtf8) {
  const char *const wrong[] = {
      "\x80",             // continuation without a lead
      "a\xff",            // never a lead
      "\xc3",             // cut off
      "\xe2\x82",         // cut off
      "\xf0\x9f\x99",     // cut off
      "\xc3(",            // no continuation
      "\xc0\xaf",         // over-long
      "\xe0\x80\xaf",     // over-long
      "\xf0\x80\x80\xaf", // over-long
      "\xed\xa0\x80",     // surrogate
      "\xf4\x90\x80\x80", // past U+10FFFF
  };
  for (const char *text : wrong)
    EXPECT_EQ(refusal_of_user(text), "user_id is not valid UTF-8");
}

TEST(ContextIdentity, KeepsCopiesOfItsIds) {
  std::optional<UserExecutionContext> context;
  {
    std::string user = "a user id too long for any small buffer";
    Identity identity{user, std::string("thread id from a temporary, long"),
                      "r", "q", std::string("ws")};
    context = UserExecutionContext::create(identity);
    user.assign(user.size(), '#');
  }
  EXPECT_EQ(context->user_id(), "a user id too long for any small buffer");
  EXPECT_EQ(context->thread_id(), "thread id from a temporary, long");
  EXPECT_EQ(context->run_id(), "r");
  EXPECT_EQ(context->request_id(), "q");
  EXPECT_EQ(context->websocket_client_id(), "ws");
}

TEST(ContextIdentity, IdentityMayOutliveTheTemporariesItWasMadeFrom) {
  const auto identity_from = [](const std::string &header) {
    return Identity{"id in the header: " + header, "t", "r", {}, {}};
  };
  const Identity identity = identity_from("x-user");
  EXPECT_EQ(UserExecutionContext::create(identity).user_id(),
            "id in the header: x-user");
}

TEST(ContextIdentity, GeneratesRequestIds) {
  std::set<std::string> seen;
  for (int i = 0; i != 1000; ++i) {
    const auto absent = UserExecutionContext::create(Identity{"u", "t", "r"});
    const auto empty =
        UserExecutionContext::create(Identity{"u", "t", "r", ""});
    EXPECT_EQ(absent.request_id().size(), 36u);
    EXPECT_TRUE(seen.insert(std::string(absent.request_id())).second);
    EXPECT_TRUE(seen.insert(std::string(empty.request_id())).second);
  }
}

TEST(ContextIdentity, EqualityIsByIds) {
  const Identity identity{"u", "t", "r", "q", {}};
  const auto a = UserExecutionContext::create(identity);
  const auto b = UserExecutionContext::create(identity);
  EXPECT_EQ(a, a);
  EXPECT_EQ(a, b);
  EXPECT_FALSE(a.same_request(b));
  EXPECT_NE(a, UserExecutionContext::create(Identity{"u", "t", "r", "q2"}));
  EXPECT_NE(a, UserExecutionContext::create(Identity{"u", "t", "r", "q", "w"}));
  // The same bytes, cut elsewhere.
  EXPECT_NE(UserExecutionContext::create(Identity{"ab", "c", "r", "q"}),
            UserExecutionContext::create(Identity{"a", "bc", "r", "q"}));
  EXPECT_TRUE(
      a.same_user(UserExecutionContext::create(Identity{"u", "t2", "r2"})));
  EXPECT_FALSE(
      a.same_user(UserExecutionContext::create(Identity{"u2", "t", "r", "q"})));
}

TEST(ContextIdentity, ChildrenBelongToTheRequest) {
  const auto root = isolation_test::context_of("ann");
  const auto child = root.child("load");
  const auto grandchild = child.child("parse");
  EXPECT_EQ(root.depth(), 0u);
  EXPECT_FALSE(root.parent());
  EXPECT_EQ(root.operation(), "");
  EXPECT_EQ(grandchild.depth(), 2u);
  EXPECT_EQ(grandchild.operation(), "parse");
  EXPECT_EQ(grandchild.parent()->operation(), "load");
  EXPECT_EQ(grandchild.parent()->parent()->depth(), 0u);
  EXPECT_EQ(grandchild, root);
  EXPECT_TRUE(grandchild.same_request(root));
  EXPECT_EQ(grandchild.user_id(), "ann");
}

TEST(ContextIdentity, DepthIsBounded) {
  auto context = isolation_test::context_of("ann");
  for (std::uint32_t i = 0; i != UserExecutionContext::max_depth; ++i)
    context = context.child("deeper");
  EXPECT_EQ(context.depth(), UserExecutionContext::max_depth);
  EXPECT_THROW((void)context.child("too deep"), isolation::InvalidContextError);
  EXPECT_THROW((void)isolation_test::context_of("u").child(""),
               isolation::InvalidContextError);
}

TEST(ContextIdentity, PrintsItsIdsUnmistakably) {
  std::ostringstream out;
  const auto context = UserExecutionContext::create(
      Identity{"u\" request=\"x", "t\\", "r", "q", "w"});
  out << context << '\n' << context.child("a\"b").child("c");
  EXPECT_EQ(out.str(),
            "{user=\"u\\\" request=\\\"x\" thread=\"t\\\\\" run=\"r\" "
            "request=\"q\" websocket=\"w\"}\n"
            "{user=\"u\\\" request=\\\"x\" thread=\"t\\\\\" run=\"r\" "
            "request=\"q\" websocket=\"w\" operation=\"a\\\"b/c\"}");
}

} // namespace
