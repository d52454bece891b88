// kangaru: a container a request, whose single services are the objects.

#include "objects.h"

#include <kangaru/kangaru.hpp>

namespace isolation_bench {
namespace {

template <int I> struct Made : Object<I> {
  Made() : Object<I>(1) {}
  Made(Made &&) : Made() {} // kangaru wants one with g++; never called
};
template <int I> struct Service : kgr::single_service<Made<I>> {};

template <int I> Made<I> &get(kgr::container &container) {
  return container.service<Service<I>>();
}

template <int N> void request(benchmark::State &state) {
  for (auto _ : state) {
    kgr::container container;
    std::uint64_t sum = 0;
    for_each_object<N>([&](auto i) { get<i>(container); });
    for_each_object<N>([&](auto i) { sum += get<i>(container).words[0]; });
    keep(sum);
  }
}
ISOLATION_BENCH_REQUESTS(request, "kangaru");

void hit(benchmark::State &state) {
  kgr::container container;
  for_each_object<10>([&](auto i) { get<i>(container); });
  for (auto _ : state)
    benchmark::DoNotOptimize(&get<5>(container));
}
BENCHMARK(hit)->Name("hit/kangaru");

} // namespace
} // namespace isolation_bench
