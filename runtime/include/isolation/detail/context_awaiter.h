// ContextAwaiter: an awaiter around another, which takes the coroutine's
// ambient entries off the thread while it is suspended.
//
// Order matters: as soon as the inner await_suspend() has handed the coroutine
// to anyone, it may run, and end, on another thread, with this awaiter in its
// frame. So the entries come off before, and afterwards nothing here is touched
// unless the coroutine was not suspended after all.

#ifndef ISOLATION_DETAIL_CONTEXT_AWAITER_H
#define ISOLATION_DETAIL_CONTEXT_AWAITER_H

#include <isolation/detail/ambient_segment.h>
#include <isolation/detail/config.h>

#include <coroutine>
#include <utility>

namespace isolation::detail {

/// What the language would await: the result of an operator co_await, else the
/// thing itself.
template <class Awaitable> decltype(auto) awaiter_of(Awaitable &&awaitable) {
  if constexpr (requires {
                  std::forward<Awaitable>(awaitable).operator co_await();
                })
    return std::forward<Awaitable>(awaitable).operator co_await();
  else if constexpr (requires {
                       operator co_await(std::forward<Awaitable>(awaitable));
                     })
    return operator co_await(std::forward<Awaitable>(awaitable));
  else
    return std::forward<Awaitable>(awaitable);
}

/// Keeps what `make` returns, a value or a reference to what lives elsewhere in
/// the coroutine's frame, and its awaiter. Neither copied nor moved: returned
/// where it is built.
template <class Awaitable> class HeldAwaiter {
public:
  template <class Make>
  HeldAwaiter(AmbientSegment &entries, Make make)
      : segment(entries), awaitable_(make()),
        awaiter(awaiter_of(static_cast<Awaitable &&>(awaitable_))) {}
  HeldAwaiter(const HeldAwaiter &) = delete;
  HeldAwaiter &operator=(const HeldAwaiter &) = delete;

protected:
  AmbientSegment &segment;

private:
  Awaitable awaitable_;

protected:
  decltype(awaiter_of(std::declval<Awaitable>())) awaiter;
};

template <class Awaitable>
class ISOLATION_ABI ContextAwaiter : private HeldAwaiter<Awaitable> {
public:
  using HeldAwaiter<Awaitable>::HeldAwaiter;

  decltype(auto) await_ready() { return this->awaiter.await_ready(); }

  template <class Promise>
  auto await_suspend(std::coroutine_handle<Promise> coroutine) {
    this->segment.detach();
#if ISOLATION_EXCEPTIONS
    try {
      return this->awaiter.await_suspend(coroutine);
    } catch (...) { // as if it had never been suspended
      this->segment.attach();
      throw;
    }
#else
    return this->awaiter.await_suspend(coroutine);
#endif
  }

  decltype(auto) await_resume() {
    this->segment.attach();
    return this->awaiter.await_resume();
  }
};

/// The same at the end of a coroutine, which is never resumed, and whose frame
/// goes by itself if the inner awaiter is ready.
template <class Awaitable> class FinalAwaiter : private HeldAwaiter<Awaitable> {
public:
  using HeldAwaiter<Awaitable>::HeldAwaiter;

  bool await_ready() noexcept {
    this->segment.detach();
    return this->awaiter.await_ready();
  }
  template <class Promise>
  auto await_suspend(std::coroutine_handle<Promise> coroutine) noexcept {
    return this->awaiter.await_suspend(coroutine);
  }
  void await_resume() noexcept { this->awaiter.await_resume(); }
};

// Whether a class has members called await_transform, however many: a name that
// two bases have is ambiguous, and one alone is not.
struct OtherAwaitTransform {
  void await_transform();
};
template <class Promise>
struct AmbiguousAwaitTransform : Promise, OtherAwaitTransform {};
template <class Promise>
concept HasAwaitTransform =
    !requires { &AmbiguousAwaitTransform<Promise>::await_transform; };

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_CONTEXT_AWAITER_H
