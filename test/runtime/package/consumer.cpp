// A program of somebody who installed the runtime.

#include <isolation/isolation.h>

#include <thread>

int main() {
  static constexpr isolation::PerRequest<int> slot;
  const auto context = isolation::UserExecutionContext::create(
      isolation::Identity{"user-1", "thread-7", "run-3"});
  std::thread([context] {
    slot.get_or_create(context, [] { return 3; });
  }).join();
  return *slot.peek(context) == 3 ? 0 : 1;
}
