// A request that goes through two shared libraries finds one slot, one ambient
// context, and exceptions that pass between them.

#include "slots.h"

#include <cstdio>
#include <string>
#include <thread>

namespace {

// NOLINTNEXTLINE(isolation-mutable-global): it serves no requests
int failures = 0;

void expect(bool condition, const char *what) {
  if (condition)
    return;
  ++failures;
  std::fprintf(stderr, "failed: %s\n", what);
}

} // namespace

int main() {
  using isolation::Identity;
  const auto context = isolation::UserExecutionContext::create(
      Identity{"user-1", "thread-1", "run-1"});

  std::string *const made = one_text(context);
  expect(two_text(context) == made, "an inline slot is one in both libraries");
  expect(shared_test::text.peek(context) == made, "and in the program");
  expect(one_templated(context) == two_templated(context) &&
             one_templated(context) == &shared_test::Holder<int>::get(context),
         "a slot in a template is one");

  {
    const isolation::ContextGuard guard(context);
    expect(one_ambient() == "user-1" && two_ambient() == "user-1",
           "the ambient context is one");
  }

  // The factory runs here, the cycle is found there.
  const auto other = isolation::UserExecutionContext::create(
      Identity{"user-1", "thread-1", "run-2"});
  std::string found;
  shared_test::text.get_or_create(other, [&] {
    found = one_cycle(other) + two_cycle(other);
    return std::string();
  });
  expect(found.find("creation cycle") != std::string::npos,
         "a cycle through a library is found");

  bool thrown = false;
  context.end();
  try {
    two_text(context);
  } catch (const isolation::RequestEndedError &) {
    thrown = true;
  }
  expect(thrown, "errors of a library are caught by type");

  std::thread([&] { // memory taken in a library, on another thread
    const auto late = isolation::UserExecutionContext::create(
        Identity{"user-2", "thread-1", "run-1"});
    expect(one_text(late) == two_text(late), "one slot on any thread");
  })
      .join();
  return failures == 0 ? 0 : 1;
}
