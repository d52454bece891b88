// What every peer of the benchmark makes: distinct classes of 64 bytes, and one
// request that creates, reads and destroys the first n of them.
//
// A peer is a source file that registers, under its own name,
//   request/PEER/n   begin a request, create n objects, read each once more,
//                    destroy all; n is 1, 10 and 50
//   hit/PEER         reach an object that is there already, through a function
//                    of another translation unit (accessors.cpp), as accessors
//                    are in real programs
// so that any peer's figures can be divided by any other's of the same run.

#ifndef ISOLATION_BENCH_OBJECTS_H
#define ISOLATION_BENCH_OBJECTS_H

#include <benchmark/benchmark.h>

#include <cstdint>
#include <utility>

namespace isolation_bench {

template <int I> struct Object {
  explicit Object(std::uint64_t seed) noexcept
      : words{seed, I, seed, I, seed, I, seed, I} {}
  Object(const Object &) = delete;
  Object &operator=(const Object &) = delete;
  // Not trivial: what a peer destroys must be called, as a real object's is.
  ~Object() { benchmark::DoNotOptimize(words[0]); }

  std::uint64_t words[8];
};
static_assert(sizeof(Object<0>) == 64);

/// Calls `body` with std::integral_constant<int, 0> to <int, n - 1>.
template <int N, class Body> void for_each_object(Body body) {
  [&]<int... I>(std::integer_sequence<int, I...>) {
    (body(std::integral_constant<int, I>()), ...);
  }(std::make_integer_sequence<int, N>());
}

/// By value: DoNotOptimize of a peer's own sum would put that into memory, and
/// what each read adds would have to wait for what the one before has written.
inline void keep(std::uint64_t sum) { benchmark::DoNotOptimize(sum); }

} // namespace isolation_bench

/// Registers a function template over the number of objects.
#define ISOLATION_BENCH_REQUESTS(function, peer)                               \
  BENCHMARK(function<1>)->Name("request/" peer "/1");                          \
  BENCHMARK(function<10>)->Name("request/" peer "/10");                        \
  BENCHMARK(function<50>)->Name("request/" peer "/50")

#endif // ISOLATION_BENCH_OBJECTS_H
