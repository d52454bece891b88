// What people write without a library: objects on the stack (the floor),
// new/delete of each, and a map from type to object per request.

#include "objects.h"

#include <memory>
#include <tuple>
#include <typeindex>
#include <unordered_map>

namespace isolation_bench {
namespace {

template <int N> void on_stack(benchmark::State &state) {
  for (auto _ : state) {
    std::uint64_t sum = 0;
    for_each_object<N>([&](auto i) {
      Object<i> object(sum + 1);
      benchmark::DoNotOptimize(object);
      sum += object.words[0];
    });
    keep(sum);
  }
}
ISOLATION_BENCH_REQUESTS(on_stack, "stack");

/// All are alive together, as a request's objects are.
template <int N> void new_delete(benchmark::State &state) {
  for (auto _ : state) {
    void *objects[N];
    std::uint64_t sum = 0;
    for_each_object<N>([&](auto i) {
      objects[i] = new Object<i>(sum + 1);
      benchmark::DoNotOptimize(objects[i]);
    });
    for_each_object<N>(
        [&](auto i) { sum += static_cast<Object<i> *>(objects[i])->words[0]; });
    keep(sum);
    for_each_object<N>([&](auto i) {
      delete static_cast<Object<N - 1 - i> *>(objects[N - 1 - i]);
    });
  }
}
ISOLATION_BENCH_REQUESTS(new_delete, "new_delete");
BENCHMARK(new_delete<10>)->Name("threads/new_delete/10")->ThreadRange(1, 2);

using Map = std::unordered_map<std::type_index, std::shared_ptr<void>>;

template <int I> Object<I> &in_map(Map &map) {
  std::shared_ptr<void> &object = map[typeid(Object<I>)];
  if (!object)
    object = std::make_shared<Object<I>>(std::uint64_t{1});
  return *static_cast<Object<I> *>(object.get());
}

template <int N> void map(benchmark::State &state) {
  for (auto _ : state) {
    Map map;
    std::uint64_t sum = 0;
    for_each_object<N>([&](auto i) { in_map<i>(map); });
    for_each_object<N>([&](auto i) { sum += in_map<i>(map).words[0]; });
    keep(sum);
  }
}
ISOLATION_BENCH_REQUESTS(map, "unordered_map");

void map_hit(benchmark::State &state) {
  Map map;
  for_each_object<10>([&](auto i) { in_map<i>(map); });
  for (auto _ : state)
    benchmark::DoNotOptimize(&in_map<5>(map));
}
BENCHMARK(map_hit)->Name("hit/unordered_map");

} // namespace
} // namespace isolation_bench
