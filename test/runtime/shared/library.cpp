// Built twice, as two libraries that know nothing of each other.

#include "slots.h"

#define JOINED(a, b) a##b
#define NAMED(library, name) JOINED(library, name)

std::string *NAMED(LIBRARY,
                   _text)(const isolation::UserExecutionContext &context) {
  return &shared_test::text.get_or_create(
      context, [] { return std::string("made once"); });
}

std::string *NAMED(LIBRARY,
                   _templated)(const isolation::UserExecutionContext &context) {
  return &shared_test::Holder<int>::get(context);
}

std::string NAMED(LIBRARY, _ambient)() {
  // NOLINTNEXTLINE(isolation-ambient-context): it is what is tested
  return std::string(isolation::current_context().user_id());
}

std::string NAMED(LIBRARY,
                  _cycle)(const isolation::UserExecutionContext &context) {
  try {
    shared_test::text.get_or_create(context, [] { return std::string(); });
  } catch (const isolation::CreationCycleError &error) {
    return error.what();
  }
  return "";
}
