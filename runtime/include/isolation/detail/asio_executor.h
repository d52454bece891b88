// AsioExecutor: ContextExecutor with the properties that Asio asks for.
//
// `Asio` hands on to one of Asio's two namespaces. Requiring or preferring a
// property gives another inner executor under the same context.

#ifndef ISOLATION_DETAIL_ASIO_EXECUTOR_H
#define ISOLATION_DETAIL_ASIO_EXECUTOR_H

#include <isolation/bind.h>
#include <isolation/user_execution_context.h>

#include <type_traits>
#include <utility>

namespace isolation::detail {

template <class Inner, class Asio> class ISOLATION_ABI AsioExecutor {
public:
  using inner_executor_type = Inner;

  AsioExecutor(Inner inner, UserExecutionContext context)
      : inner_(std::move(inner)), context_(std::move(context)) {}

  template <class Function> void execute(Function &&function) const {
    Asio::execute(inner_,
                  bind_once(context_, std::forward<Function>(function)));
  }

  [[nodiscard]] const Inner &inner() const noexcept { return inner_; }
  [[nodiscard]] const UserExecutionContext &user_context() const noexcept {
    return context_;
  }

  template <class Property>
  auto query(const Property &property) const
      noexcept(noexcept(Asio::query(std::declval<const Inner &>(), property)))
          -> decltype(Asio::query(std::declval<const Inner &>(), property)) {
    return Asio::query(inner_, property);
  }
  template <class Property>
  auto require(const Property &property) const
      -> AsioExecutor<std::decay_t<decltype(Asio::require(
                          std::declval<const Inner &>(), property))>,
                      Asio> {
    return {Asio::require(inner_, property), context_};
  }
  template <class Property>
  auto prefer(const Property &property) const
      -> AsioExecutor<std::decay_t<decltype(Asio::prefer(
                          std::declval<const Inner &>(), property))>,
                      Asio> {
    return {Asio::prefer(inner_, property), context_};
  }

  friend bool operator==(const AsioExecutor &a,
                         const AsioExecutor &b) noexcept {
    return a.inner_ == b.inner_ && a.context_.same_request(b.context_);
  }
  friend bool operator!=(const AsioExecutor &a,
                         const AsioExecutor &b) noexcept {
    return !(a == b);
  }

private:
  Inner inner_;
  UserExecutionContext context_;
};

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_ASIO_EXECUTOR_H
