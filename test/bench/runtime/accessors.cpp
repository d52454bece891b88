#include "accessors.h"

#include <isolation/per_request.h>

#include <mutex>

namespace isolation_bench {

Object<0> &static_instance() {
  // NOLINTNEXTLINE(isolation-function-local-singleton): what is measured
  static Object<0> instance(1);
  return instance;
}

Object<0> &guarded_instance() {
  // NOLINTNEXTLINE(isolation-mutable-global): what is measured
  static std::mutex mutex;
  // NOLINTNEXTLINE(isolation-mutable-global): what is measured
  static Object<0> *instance = nullptr;
  const std::lock_guard<std::mutex> lock(mutex);
  if (!instance)
    instance = new Object<0>(1);
  return *instance;
}

Object<5> &create_called(const isolation::UserExecutionContext &context) {
  static constexpr isolation::PerRequest<Object<5>> slot;
  return slot.get_or_create(context, [] { return Object<5>(1); });
}

} // namespace isolation_bench
