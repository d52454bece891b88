// The singletons that requests' objects replace: later access only, since they
// are created once in the life of the process.

#include "objects.h"

#include <mutex>

namespace isolation_bench {
namespace {

Object<0> &inlined_instance() {
  // NOLINTNEXTLINE(isolation-function-local-singleton): what is measured
  static Object<0> instance(1);
  return instance;
}
ISOLATION_BENCH_NOINLINE Object<0> &called_instance() {
  return inlined_instance();
}

ISOLATION_BENCH_NOINLINE Object<1> &guarded_instance() {
  // NOLINTNEXTLINE(isolation-mutable-global): what is measured
  static std::mutex mutex;
  // NOLINTNEXTLINE(isolation-mutable-global): what is measured
  static Object<1> *instance = nullptr;
  const std::lock_guard<std::mutex> lock(mutex);
  if (!instance)
    instance = new Object<1>(1);
  return *instance;
}

void static_called(benchmark::State &state) {
  for (auto _ : state)
    benchmark::DoNotOptimize(&called_instance());
}
BENCHMARK(static_called)->Name("hit/static");

void static_inlined(benchmark::State &state) {
  for (auto _ : state)
    benchmark::DoNotOptimize(&inlined_instance());
}
BENCHMARK(static_inlined)->Name("hit/static_inlined");

void mutex(benchmark::State &state) {
  for (auto _ : state)
    benchmark::DoNotOptimize(&guarded_instance());
}
BENCHMARK(mutex)->Name("hit/mutex");

} // namespace
} // namespace isolation_bench
