// folly: a RequestContext set on the thread, with n pieces of data.

#include "objects.h"

#include <folly/io/async/Request.h>

#include <memory>
#include <string>

namespace isolation_bench {
namespace {

template <int I> struct Data : folly::RequestData, Object<I> {
  Data() : Object<I>(1) {}
  bool hasCallback() override { return false; }
};

template <int I> const folly::RequestToken &token() {
  // NOLINTNEXTLINE(isolation-function-local-singleton): as folly advises
  static const folly::RequestToken token("object-" + std::to_string(I));
  return token;
}

template <int I> Data<I> &get() {
  folly::RequestContext *context = folly::RequestContext::try_get();
  folly::RequestData *data = context->getContextData(token<I>());
  if (!data) {
    context->setContextData(token<I>(), std::make_unique<Data<I>>());
    data = context->getContextData(token<I>());
  }
  return *static_cast<Data<I> *>(data);
}

template <int N> void request(benchmark::State &state) {
  for (auto _ : state) {
    const folly::RequestContextScopeGuard guard;
    std::uint64_t sum = 0;
    for_each_object<N>([&](auto i) { get<i>(); });
    for_each_object<N>([&](auto i) { sum += get<i>().words[0]; });
    keep(sum);
  }
}
ISOLATION_BENCH_REQUESTS(request, "folly");

void hit(benchmark::State &state) {
  const folly::RequestContextScopeGuard guard;
  for_each_object<10>([&](auto i) { get<i>(); });
  for (auto _ : state)
    benchmark::DoNotOptimize(&get<5>());
}
BENCHMARK(hit)->Name("hit/folly");

} // namespace
} // namespace isolation_bench
