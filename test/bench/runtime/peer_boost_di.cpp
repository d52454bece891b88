// [Boost].DI: an injector a request, its objects in the `shared` scope of the
// library's extensions, the only one that belongs to an injector.

#include "objects.h"

#include <boost/di.hpp>
#include <boost/di/extension/scopes/shared.hpp>

namespace isolation_bench {
namespace {

namespace di = boost::di;

template <int I> struct Made : Object<I> {
  Made() : Object<I>(1) {}
};

template <int... I> auto make(std::integer_sequence<int, I...>) {
  return di::make_injector(di::bind<Made<I>>().in(di::extension::shared)...);
}
template <int N> auto make_first() {
  return make(std::make_integer_sequence<int, N>());
}

template <int I, class Injector> Made<I> &get(Injector &injector) {
  return injector.template create<Made<I> &>();
}

template <int N> void request(benchmark::State &state) {
  for (auto _ : state) {
    auto injector = make_first<N>();
    std::uint64_t sum = 0;
    for_each_object<N>([&](auto i) { get<i>(injector); });
    for_each_object<N>([&](auto i) { sum += get<i>(injector).words[0]; });
    keep(sum);
  }
}
ISOLATION_BENCH_REQUESTS(request, "boost_di");

void hit(benchmark::State &state) {
  auto injector = make_first<10>();
  for_each_object<10>([&](auto i) { get<i>(injector); });
  for (auto _ : state)
    benchmark::DoNotOptimize(&get<5>(injector));
}
BENCHMARK(hit)->Name("hit/boost_di");

} // namespace
} // namespace isolation_bench
