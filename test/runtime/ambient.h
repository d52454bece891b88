// What the suites ask of the ambient context.

#ifndef ISOLATION_TEST_RUNTIME_AMBIENT_H
#define ISOLATION_TEST_RUNTIME_AMBIENT_H

#include <isolation/isolation.h>

#include <string>

namespace isolation_test {

// NOLINTBEGIN(isolation-ambient-context): it is what is tested
inline std::string ambient_user() {
  return std::string(isolation::current_context().user_id());
}

inline bool nothing_ambient() {
  try {
    (void)isolation::current_context();
  } catch (const isolation::NoContextError &) {
    return true;
  }
  return false;
}
// NOLINTEND(isolation-ambient-context)

} // namespace isolation_test

#endif // ISOLATION_TEST_RUNTIME_AMBIENT_H
