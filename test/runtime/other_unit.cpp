#include "other_unit.h"

int &isolation_test::shared_counter_elsewhere(
    const isolation::UserExecutionContext &context) {
  return shared_slot.get_or_create(context, [] { return -1; });
}
