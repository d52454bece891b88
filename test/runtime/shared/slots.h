// One slot, in a header that two shared libraries and a program include.

#ifndef ISOLATION_TEST_RUNTIME_SHARED_SLOTS_H
#define ISOLATION_TEST_RUNTIME_SHARED_SLOTS_H

#include <isolation/isolation.h>

#include <string>

#define EXPORTED __attribute__((visibility("default")))

namespace shared_test {

EXPORTED inline constexpr isolation::PerRequest<std::string> text;

template <class T> struct EXPORTED Holder {
  static std::string &get(const isolation::UserExecutionContext &context) {
    static constexpr isolation::PerRequest<std::string> slot;
    return slot.get_or_create(context, [] { return std::string(); });
  }
};

} // namespace shared_test

#define SHARED_TEST_LIBRARY(name)                                              \
  EXPORTED std::string *name##_text(const isolation::UserExecutionContext &);  \
  EXPORTED std::string *name##_templated(                                      \
      const isolation::UserExecutionContext &);                                \
  EXPORTED std::string name##_ambient();                                       \
  EXPORTED std::string name##_cycle(const isolation::UserExecutionContext &)

SHARED_TEST_LIBRARY(one);
SHARED_TEST_LIBRARY(two);

#endif // ISOLATION_TEST_RUNTIME_SHARED_SLOTS_H
