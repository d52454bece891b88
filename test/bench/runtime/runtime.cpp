// isolation itself, by the public interface that migrated code uses.

#include "accessors.h"
#include "objects.h"

#include <isolation/isolation.h>

namespace isolation_bench {
namespace {

using isolation::Identity;
using isolation::PerRequest;
using isolation::UserExecutionContext;

UserExecutionContext begin() {
  return UserExecutionContext::create(
      Identity{.user_id = "user-000042",
               .thread_id = "thread-8c21",
               .run_id = "run-2026-000123",
               .request_id = "6f1e8b1c-9d5f-4b8e-8a54-0d6e6a0a3b1f",
               .websocket_client_id = "ws-77"});
}

template <int I> inline constexpr PerRequest<Object<I>> slot;

template <int I> Object<I> &create_object(const UserExecutionContext &context) {
  return slot<I>.get_or_create(context, [] { return Object<I>(1); });
}

template <int N> void request(benchmark::State &state) {
  for (auto _ : state) {
    const UserExecutionContext context = begin();
    std::uint64_t sum = 0;
    for_each_object<N>([&](auto i) { create_object<i>(context); });
    for_each_object<N>(
        [&](auto i) { sum += create_object<i>(context).words[0]; });
    keep(sum);
  }
}
ISOLATION_BENCH_REQUESTS(request, "isolation");
BENCHMARK(request<10>)->Name("threads/isolation/10")->ThreadRange(1, 2);

void context_create(benchmark::State &state) {
  for (auto _ : state) {
    const UserExecutionContext context = begin();
    benchmark::DoNotOptimize(&context);
  }
}
BENCHMARK(context_create)->Name("context/create");

void context_generated_id(benchmark::State &state) {
  for (auto _ : state) {
    const UserExecutionContext context =
        UserExecutionContext::create(Identity{.user_id = "user-000042",
                                              .thread_id = "thread-8c21",
                                              .run_id = "run-2026-000123"});
    benchmark::DoNotOptimize(&context);
  }
}
BENCHMARK(context_generated_id)->Name("context/create_generated_id");

void context_copy(benchmark::State &state) {
  const UserExecutionContext context = begin();
  for (auto _ : state) {
    const UserExecutionContext copy = context;
    benchmark::DoNotOptimize(&copy);
  }
}
BENCHMARK(context_copy)->Name("context/copy");

void context_child(benchmark::State &state) {
  const UserExecutionContext context = begin();
  for (auto _ : state) {
    const UserExecutionContext child = context.child("operation");
    benchmark::DoNotOptimize(&child);
  }
}
BENCHMARK(context_child)->Name("context/child");

void hit(benchmark::State &state) {
  const UserExecutionContext context = begin();
  for_each_object<10>([&](auto i) { create_object<i>(context); });
  for (auto _ : state)
    benchmark::DoNotOptimize(&create_called(context));
}
BENCHMARK(hit)->Name("hit/isolation");

void scoped(benchmark::State &state) {
  const UserExecutionContext context = begin();
  create_object<5>(context);
  isolation::Scoped<Object<5>> handle = slot<5>.scoped(context);
  for (auto _ : state) {
    benchmark::DoNotOptimize(handle);
    benchmark::DoNotOptimize(&*handle);
  }
}
BENCHMARK(scoped)->Name("hit/isolation_scoped");

void hit_inlined(benchmark::State &state) {
  const UserExecutionContext context = begin();
  for_each_object<10>([&](auto i) { create_object<i>(context); });
  for (auto _ : state)
    benchmark::DoNotOptimize(&create_object<5>(context));
}
BENCHMARK(hit_inlined)->Name("hit/isolation_inlined");

} // namespace
} // namespace isolation_bench
