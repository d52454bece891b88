// Google Fruit: bindings normalised once, an injector a request. Objects live
// in the injector's arena, which is the fastest way it has.

#include "objects.h"

#include <fruit/fruit.h>

namespace isolation_bench {
namespace {

template <int I> struct Injected : Object<I> {
  INJECT(Injected()) : Object<I>(1) {}
};

fruit::Component<> nothing() { return fruit::createComponent(); }

template <int... I> struct Bindings {
  using Injector = fruit::Injector<Injected<I>...>;
  using Normalized = fruit::NormalizedComponent<Injected<I>...>;
  static fruit::Component<Injected<I>...> component() {
    return fruit::createComponent();
  }
};
template <class Indices> struct BindingsOf;
template <int... I>
struct BindingsOf<std::integer_sequence<int, I...>> : Bindings<I...> {};
template <int N>
using FirstBindings = BindingsOf<std::make_integer_sequence<int, N>>;

template <int I, class Injector> Injected<I> &get(Injector &injector) {
  return injector.template get<Injected<I> &>();
}

template <int N> void request(benchmark::State &state) {
  using Peer = FirstBindings<N>;
  const typename Peer::Normalized normalized(Peer::component);
  for (auto _ : state) {
    typename Peer::Injector injector(normalized, nothing);
    std::uint64_t sum = 0;
    for_each_object<N>([&](auto i) { get<i>(injector); });
    for_each_object<N>([&](auto i) { sum += get<i>(injector).words[0]; });
    keep(sum);
  }
}
ISOLATION_BENCH_REQUESTS(request, "fruit");

void hit(benchmark::State &state) {
  using Peer = FirstBindings<10>;
  const Peer::Normalized normalized(Peer::component);
  Peer::Injector injector(normalized, nothing);
  for_each_object<10>([&](auto i) { get<i>(injector); });
  for (auto _ : state)
    benchmark::DoNotOptimize(&get<5>(injector));
}
BENCHMARK(hit)->Name("hit/fruit");

} // namespace
} // namespace isolation_bench
