// Ids of every length, with what is not allowed at every place: validation
// looks at several bytes at a time, and differently at short, usual and long
// ids.

#include <isolation/user_execution_context.h>

#include <gtest/gtest.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

using isolation::Identity;
using isolation::UserExecutionContext;

namespace {

std::string_view why_refused(std::string_view id) {
  isolation::IdentityProblem problem;
  const auto made = UserExecutionContext::try_create(
      Identity{id, "thread-1", "run-1", {}, {}}, &problem);
  return made ? std::string_view() : problem.reason;
}

/// "xxxx…", which is no placeholder.
std::string plain(std::size_t length) { return std::string(length, 'x'); }

TEST(Identity, ControlCharactersAtEveryPlaceOfEveryLength) {
  for (std::size_t length = 1; length <= 100; ++length) {
    ASSERT_EQ(why_refused(plain(length)), "") << length;
    for (std::size_t at = 0; at != length; ++at)
      for (const char c : {'\0', '\n', '\x1f', '\x7f'}) {
        std::string id = plain(length);
        id[at] = c;
        ASSERT_EQ(why_refused(id), "contains a control character")
            << "length " << length << " at " << at;
      }
  }
}

TEST(Identity, EveryByteOfEveryLengthIsKept) {
  const auto text = [](std::size_t length, char first) {
    std::string made;
    for (std::size_t i = 0; i != length; ++i)
      made += static_cast<char>(first + static_cast<char>(i % 20));
    return made;
  };
  for (std::size_t length = 4; length <= 100; ++length) {
    const std::string user = text(length, 'a'), thread = text(length + 1, 'b'),
                      run = text(length + 2, 'c'), asked = text(length, 'd'),
                      client = text(length, 'e');
    const auto context = UserExecutionContext::create(
        Identity{user, thread, run, asked, client});
    ASSERT_EQ(context.user_id(), user);
    ASSERT_EQ(context.thread_id(), thread);
    ASSERT_EQ(context.run_id(), run);
    ASSERT_EQ(context.request_id(), asked);
    ASSERT_EQ(context.websocket_client_id(), client);
  }
}

TEST(Identity, BytesThatAreNoUtf8AtEveryPlaceOfEveryLength) {
  for (std::size_t length = 1; length <= 100; ++length)
    for (std::size_t at = 0; at != length; ++at) {
      std::string id = plain(length);
      id[at] = '\x80';
      ASSERT_EQ(why_refused(id), "is not valid UTF-8")
          << "length " << length << " at " << at;
    }
}

// The text lies at the very end of its memory, where AddressSanitizer sees a
// read past it.
TEST(Identity, NothingIsReadPastTheEnd) {
  for (const std::string_view id :
       {"x\xe2", "x\xe2\x82", "abc\xf0", "abc\xf0\x9f\x98", "\xc3", "abcdefgh",
        "abcde", "abcd", "abc", "a"}) {
    const auto memory = std::make_unique<char[]>(id.size());
    id.copy(memory.get(), id.size());
    const bool cut_off = id.find_first_of("\xc3\xe2\xf0") != id.npos;
    EXPECT_EQ(why_refused({memory.get(), id.size()}),
              cut_off ? "is not valid UTF-8" : "")
        << id;
  }
}

} // namespace
