// Runs the benchmarks while a second thread is alive: with one thread, malloc
// and shared_ptr skip their locked instructions, which no server's do.

#include <benchmark/benchmark.h>

#include <condition_variable>
#include <mutex>
#include <thread>

int main(int argc, char **argv) {
  std::mutex mutex;
  std::condition_variable ended;
  bool over = false;
  std::thread second([&] {
    std::unique_lock<std::mutex> lock(mutex);
    ended.wait(lock, [&] { return over; });
  });

  benchmark::Initialize(&argc, argv);
  const bool understood = !benchmark::ReportUnrecognizedArguments(argc, argv);
  if (understood)
    benchmark::RunSpecifiedBenchmarks();

  {
    const std::lock_guard<std::mutex> lock(mutex);
    over = true;
  }
  ended.notify_all();
  second.join();
  return understood ? 0 : 2;
}
