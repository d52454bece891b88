// ContextPromise: a coroutine keeps its context wherever it is resumed.
//
// Example (C++20):
//
//   #include <isolation/ambient_context.h>
//   #include <isolation/coroutine.h>
//   #include <coroutine>
//   #include <exception>
//
//   struct Task { // stands for the task type that a program has
//     struct Promise {
//       Task get_return_object() { return {}; }
//       std::suspend_never initial_suspend() { return {}; }
//       std::suspend_never final_suspend() noexcept { return {}; }
//       void return_void() {}
//       void unhandled_exception() { std::terminate(); }
//     };
//     using promise_type = isolation::ContextPromise<Promise>; // was: Promise
//   };
//
//   template <class HopToAnotherThread>
//   Task handle(isolation::UserExecutionContext user_context,
//               HopToAnotherThread hop) {
//     co_await hop;
//     // Another thread, the same context, now and until the next co_await.
//     const auto context = isolation::current_context();
//     if (context != user_context)
//       std::terminate();
//   }
//
// The problem: a thread-local guard set before a co_await stays behind on the
// thread that suspended, and is missing on the one that resumes.
//
// Here the coroutine's context is put on the thread at each resumption and
// taken off at each suspension, at the end, and when the frame is destroyed. So
// are the ContextGuards that are its locals. The thread then shows what it
// showed before, its own guard or nothing.
//
// Which context: the first parameter of the coroutine that is a
// UserExecutionContext (take it by value: a reference dangles after the first
// suspension, as any does); without one the creator's ambient context at the
// call; without that none, and then the coroutine sees no guard of whichever
// thread happens to resume it either.
//
// Shape: derives from any promise type, whose own await_transform, yield_value
// and constructors keep working. Ownership: the frame holds a handle, so the
// request lives as long as the coroutine. Thread-safety: that of the coroutine.
// Errors: none of its own. Not for asio::awaitable, whose promise is Asio's:
// see <isolation/asio.h>.

#ifndef ISOLATION_COROUTINE_H
#define ISOLATION_COROUTINE_H

#if !defined(__cpp_impl_coroutine)
#error "<isolation/coroutine.h> needs coroutines: compile as C++20"
#endif

#include <isolation/detail/ambient_segment.h>
#include <isolation/detail/context_awaiter.h>
#include <isolation/user_execution_context.h>

#include <concepts>
#include <optional>
#include <type_traits>
#include <utility>

namespace isolation {

namespace detail {

/// The first of the coroutine's parameters that is a context, or the ambient
/// one, or none.
inline std::optional<UserExecutionContext> context_for_coroutine() {
  const AmbientEntry *entry = innermost_ambient;
  if (!entry || !entry->context)
    return std::nullopt;
  return *entry->context;
}
template <class First, class... Rest>
std::optional<UserExecutionContext> context_for_coroutine(const First &first,
                                                          const Rest &...rest) {
  if constexpr (std::is_same_v<First, UserExecutionContext>)
    return first;
  else
    return context_for_coroutine(rest...);
}

/// Whether the language would build the promise from the parameters: not from
/// the members of an aggregate.
template <class Promise, class... Parameters>
concept BuiltFrom = sizeof...(Parameters) == 0 ||
                    (!std::is_aggregate_v<Promise> &&
                     std::constructible_from<Promise, Parameters &...>);

/// What a coroutine carries along. Outlives the coroutine's locals.
class ISOLATION_ABI CoroutineContext {
public:
  explicit CoroutineContext(std::optional<UserExecutionContext> context)
      : context_(std::move(context)),
        segment_(context_ ? &*context_ : nullptr) {}

  [[nodiscard]] AmbientSegment &segment() noexcept { return segment_; }

private:
  const std::optional<UserExecutionContext> context_;
  AmbientSegment segment_;
};

} // namespace detail

template <class Promise> class ISOLATION_ABI ContextPromise : public Promise {
public:
  /// Called by the compiler with the coroutine's parameters.
  template <class... Parameters>
    requires detail::BuiltFrom<Promise, Parameters...>
  explicit ContextPromise(Parameters &...parameters)
      : Promise(parameters...),
        carried_(detail::context_for_coroutine(parameters...)) {}
  template <class... Parameters>
    requires(!detail::BuiltFrom<Promise, Parameters...>)
  explicit ContextPromise(Parameters &...parameters)
      : carried_(detail::context_for_coroutine(parameters...)) {}
  ContextPromise(const ContextPromise &) = delete;
  ContextPromise &operator=(const ContextPromise &) = delete;

  auto initial_suspend() {
    check_layout();
    return keep([this]() -> decltype(auto) {
      return this->Promise::initial_suspend();
    });
  }

  auto final_suspend() noexcept {
    const auto make = [this]() -> decltype(auto) {
      return this->Promise::final_suspend();
    };
    return detail::FinalAwaiter<decltype(make())>(carried_.segment(), make);
  }

  /// A promise may let the exception through to whoever resumed; then the
  /// coroutine has ended without its final suspension.
  void unhandled_exception() {
#if ISOLATION_EXCEPTIONS
    try {
      Promise::unhandled_exception();
    } catch (...) {
      carried_.segment().detach();
      throw;
    }
#else
    Promise::unhandled_exception();
#endif
  }

  template <class Awaitable> auto await_transform(Awaitable &&awaitable) {
    return keep([&]() -> decltype(auto) {
      if constexpr (detail::HasAwaitTransform<Promise>)
        return this->Promise::await_transform(
            std::forward<Awaitable>(awaitable));
      else
        return std::forward<Awaitable>(awaitable);
    });
  }

  template <class Yielded, class P = Promise>
    requires requires(P &promise, Yielded &&yielded) {
      promise.P::yield_value(std::forward<Yielded>(yielded));
    }
  auto yield_value(Yielded &&yielded) {
    return keep([&]() -> decltype(auto) {
      return this->Promise::yield_value(std::forward<Yielded>(yielded));
    });
  }

private:
  template <class Make> auto keep(Make make) {
    return detail::ContextAwaiter<decltype(make())>(carried_.segment(), make);
  }

  // Promise::get_return_object() may ask for the coroutine_handle<Promise> of
  // *this. In a frame the promise follows two pointers, so that this finds the
  // frame, unless alignment puts something between.
  static constexpr void check_layout() {
    static_assert(alignof(ContextPromise) <= 2 * sizeof(void *),
                  "isolation: the promise type must not be over-aligned");
  }

  detail::CoroutineContext carried_;
};

} // namespace isolation

#endif // ISOLATION_COROUTINE_H
