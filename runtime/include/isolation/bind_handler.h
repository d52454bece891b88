// bind_handler(context, handler): bind() for Asio's completion handlers.
//
// Example:
//
//   #include <isolation/bind_handler.h>
//   #include <memory>
//
//   struct Handler { // what asio::bind_executor() and its like return
//     using allocator_type = std::allocator<void>;
//     allocator_type get_allocator() const noexcept { return {}; }
//     void operator()() {}
//   };
//   auto bound(const isolation::UserExecutionContext &user_context) {
//     // socket.async_read_some(buffer, isolation::bind_handler(…));
//     return isolation::bind_handler(user_context, Handler());
//   }
//
// Shape: a BoundFunction that also has the executor, the allocator and the
// cancellation slot that are associated with the handler by its members, which
// are what bind_executor() and its like make. It wraps handlers, not completion
// tokens such as use_awaitable: for coroutines see <isolation/asio.h>.
// Includes nothing of Asio, and fits the standalone library and Boost's.
// Ownership, thread-safety, errors: as for bind().

#ifndef ISOLATION_BIND_HANDLER_H
#define ISOLATION_BIND_HANDLER_H

#include <isolation/bind.h>
#include <isolation/user_execution_context.h>

#include <type_traits>
#include <utility>

namespace isolation {

namespace detail {

// What Asio looks for in a handler. Each is there only if the handler has it,
// because Asio takes the presence of the type for an answer.
template <class Self, class Handler, class = void> struct HandlerExecutor {};
template <class Self, class Handler>
struct HandlerExecutor<Self, Handler,
                       std::void_t<typename Handler::executor_type>> {
  using executor_type = typename Handler::executor_type;
  [[nodiscard]] executor_type get_executor() const noexcept {
    return static_cast<const Self &>(*this).function().get_executor();
  }
};

template <class Self, class Handler, class = void> struct HandlerAllocator {};
template <class Self, class Handler>
struct HandlerAllocator<Self, Handler,
                        std::void_t<typename Handler::allocator_type>> {
  using allocator_type = typename Handler::allocator_type;
  [[nodiscard]] allocator_type get_allocator() const noexcept {
    return static_cast<const Self &>(*this).function().get_allocator();
  }
};

template <class Self, class Handler, class = void>
struct HandlerCancellationSlot {};
template <class Self, class Handler>
struct HandlerCancellationSlot<
    Self, Handler, std::void_t<typename Handler::cancellation_slot_type>> {
  using cancellation_slot_type = typename Handler::cancellation_slot_type;
  [[nodiscard]] cancellation_slot_type get_cancellation_slot() const noexcept {
    return static_cast<const Self &>(*this).function().get_cancellation_slot();
  }
};

} // namespace detail

template <class Handler>
class ISOLATION_ABI ContextHandler
    : public BoundFunction<Handler>,
      public detail::HandlerExecutor<ContextHandler<Handler>, Handler>,
      public detail::HandlerAllocator<ContextHandler<Handler>, Handler>,
      public detail::HandlerCancellationSlot<ContextHandler<Handler>, Handler> {
public:
  using BoundFunction<Handler>::BoundFunction;
};

template <class Handler>
[[nodiscard]] ContextHandler<std::decay_t<Handler>>
bind_handler(UserExecutionContext context, Handler &&handler) {
  return {std::move(context), std::forward<Handler>(handler)};
}

} // namespace isolation

#endif // ISOLATION_BIND_HANDLER_H
