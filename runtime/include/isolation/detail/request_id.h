// Makes a request id for a request that came without one.
//
// Shape: "req-" and 32 hexadecimal digits: 16 that tell processes apart, 16
// that count requests, scrambled so that neighbours look different. Unique
// within a process by construction, across processes by clock and address
// entropy. A label for logs, not a secret: it can be guessed.
//
// Thread-safety: any thread. Errors: none.

#ifndef ISOLATION_DETAIL_REQUEST_ID_H
#define ISOLATION_DETAIL_REQUEST_ID_H

#include <isolation/detail/config.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string_view>
#if defined(__unix__) || defined(__APPLE__)
#include <time.h>
#else
#include <chrono>
#endif

namespace isolation::detail {

/// A bijection (splitmix64's finaliser): distinct counts stay distinct.
constexpr std::uint64_t scramble(std::uint64_t x) noexcept {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

ISOLATION_PROCESS_WIDE ISOLATION_EXPORT inline std::atomic<std::uint64_t>
    generated_request_ids{0};

// <chrono> takes longer to compile than most of this library.
#if defined(__unix__) || defined(__APPLE__)
inline std::uint64_t ticks_of(::clockid_t clock) noexcept {
  ::timespec now{};
  ::clock_gettime(clock, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * 1000000000u +
         static_cast<std::uint64_t>(now.tv_nsec);
}
inline std::uint64_t wall_clock_ticks() noexcept {
  return ticks_of(CLOCK_REALTIME);
}
inline std::uint64_t steady_clock_ticks() noexcept {
  return ticks_of(CLOCK_MONOTONIC);
}
#else
inline std::uint64_t wall_clock_ticks() noexcept {
  return static_cast<std::uint64_t>(
      std::chrono::system_clock::now().time_since_epoch().count());
}
inline std::uint64_t steady_clock_ticks() noexcept {
  return static_cast<std::uint64_t>(
      std::chrono::steady_clock::now().time_since_epoch().count());
}
#endif

ISOLATION_EXPORT inline std::uint64_t process_seed() noexcept {
  ISOLATION_PROCESS_WIDE static const std::uint64_t seed = [] {
    const auto place = reinterpret_cast<std::uintptr_t>(&generated_request_ids);
    return scramble(wall_clock_ticks() +
                    scramble(steady_clock_ticks() + scramble(place)));
  }();
  return seed;
}

class RequestId {
public:
  RequestId() noexcept {
    const std::uint64_t count =
        generated_request_ids.fetch_add(1, std::memory_order_relaxed);
    write(4, process_seed());
    write(20, scramble(count + 0x9e3779b97f4a7c15u));
  }

  /// Valid while this object lives.
  [[nodiscard]] std::string_view view() const noexcept {
    return {text_, sizeof text_};
  }

private:
  void write(std::size_t at, std::uint64_t value) noexcept {
    for (int shift = 60; shift >= 0; shift -= 4)
      text_[at++] = "0123456789abcdef"[(value >> shift) & 15];
  }

  char text_[36] = {'r', 'e', 'q', '-'};
};

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_REQUEST_ID_H
