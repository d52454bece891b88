// The runtime in a program without exceptions and RTTI: it works, and an error
// calls the handler and aborts. Without GoogleTest, which wants both.

#include <isolation/isolation.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>

using isolation::Identity;
using isolation::PerRequest;
using isolation::UserExecutionContext;

namespace {

void expect(bool condition, const char *what) {
  if (condition)
    return;
  std::fprintf(stderr, "failed: %s\n", what);
  std::exit(1);
}

// Reached instead of abort(), which would follow: the error is what is tested.
void leave_successfully(const char *message) noexcept {
  expect(std::strcmp(message, "creation cycle: int -> int") == 0, message);
  std::_Exit(0);
}

} // namespace

int main() {
  static constexpr PerRequest<std::string> text;
  static constexpr PerRequest<int> number;
  isolation::IdentityProblem problem;
  expect(
      !UserExecutionContext::try_create(Identity{"none", "t", "r"}, &problem),
      "a placeholder is refused");
  expect(problem.field == "user_id", "the field is named");

  const auto context = UserExecutionContext::create(Identity{"u", "t", "r"});
  expect(text.get_or_create(context, [] { return std::string("made"); }) ==
             "made",
         "objects are made");
  text.set(context, std::make_unique<std::string>("set"));
  expect(*text.peek(context) == "set", "objects are set");
  context.child("ends").end();
  expect(context.ended(), "requests end");

  const auto other = UserExecutionContext::create(Identity{"v", "t", "r"});
  isolation::set_fault_handler(&leave_successfully);
  number.get_or_create(
      other, [&] { return number.get_or_create(other, [] { return 1; }); });
  std::fprintf(stderr, "failed: a cycle was not noticed\n");
  return 1;
}
