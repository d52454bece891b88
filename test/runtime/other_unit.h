// A slot that two translation units use.

#ifndef ISOLATION_TEST_RUNTIME_OTHER_UNIT_H
#define ISOLATION_TEST_RUNTIME_OTHER_UNIT_H

#include <isolation/per_request.h>

namespace isolation_test {

inline constexpr isolation::PerRequest<int> shared_slot;

inline int &shared_counter(const isolation::UserExecutionContext &context) {
  return shared_slot.get_or_create(context, [] { return 0; });
}

int &shared_counter_elsewhere(const isolation::UserExecutionContext &context);

} // namespace isolation_test

#endif // ISOLATION_TEST_RUNTIME_OTHER_UNIT_H
