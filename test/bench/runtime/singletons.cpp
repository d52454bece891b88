// The singletons that requests' objects replace: later access only, since they
// are created once in the life of the process.

#include "accessors.h"

namespace isolation_bench {
namespace {

Object<0> &inlined_instance() {
  // NOLINTNEXTLINE(isolation-function-local-singleton): what is measured
  static Object<0> instance(1);
  return instance;
}
void static_called(benchmark::State &state) {
  for (auto _ : state)
    benchmark::DoNotOptimize(&static_instance());
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
