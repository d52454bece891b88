// std::format of a context. Debian's libstdc++ has no <format>, so this is
// built with libc++; without GoogleTest, which is built with the other one.

#include <isolation/format.h>
#include <isolation/isolation.h>

#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <string>

#if !defined(__cpp_lib_format)
#error "this standard library has no <format>"
#endif

using isolation::Identity;
using isolation::MetadataKey;
using isolation::RequestDetails;
using isolation::UserExecutionContext;

namespace {

void expect_equal(const std::string &got, const std::string &wanted) {
  if (got == wanted)
    return;
  std::fprintf(stderr, "failed: got    %s\n        wanted %s\n", got.c_str(),
               wanted.c_str());
  std::exit(1);
}

} // namespace

int main() {
  static constexpr MetadataKey<std::string> token("token",
                                                  isolation::Secrecy::Secret);
  RequestDetails details;
  details.metadata.set(token, "hunter2");
  const auto context = UserExecutionContext::create(
      Identity{"ann", "t-1", "r-1", "q-1"}, details);

  std::ostringstream streamed;
  streamed << context;
  expect_equal(std::format("{}", context), streamed.str());
  expect_equal(std::format("[{}] {}", context.child("index"), 7),
               "[{user=\"ann\" thread=\"t-1\" run=\"r-1\" request=\"q-1\" "
               "operation=\"index\"}] 7");
  if (streamed.str().find("hunter2") != std::string::npos) {
    std::fprintf(stderr, "failed: a secret is printed\n");
    return 1;
  }
  std::puts("formatted as it is streamed, without what is secret");
}
