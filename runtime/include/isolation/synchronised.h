// Synchronised<T>: a value that threads share, reached under its lock only.
//
// Example:
//
//   #include <isolation/process_wide.h>
//   #include <isolation/synchronised.h>
//   #include <string>
//   #include <unordered_map>
//
//   using Prices = std::unordered_map<std::string, int>;
//   isolation::ProcessWide<isolation::Synchronised<Prices>> prices;
//
//   void set_price(const std::string &name, int price) {
//     prices->with_lock([&](Prices &all) { all[name] = price; });
//   }
//
// Shape: a mutex and the value; with_lock() calls a function with the value and
// returns what it returns, by value. A reference to the value must not leave
// the function. The compiler refuses to return one, and pointers, iterators,
// views (std::string_view, span), and shared pointers to what can be written
// to; also inside std::optional, pair and the standard containers. What a class
// has for members, and what the function captured, it cannot see. A
// std::unique_ptr may be returned: that takes the object out. Thread-safety:
// that is the point. Errors: the function's.

#ifndef ISOLATION_SYNCHRONISED_H
#define ISOLATION_SYNCHRONISED_H

#include <isolation/detail/process_wide_rules.h>

#include <mutex>
#include <type_traits>
#include <utility>

namespace isolation {

template <class T> class Synchronised {
public:
  template <class... Arguments>
  explicit Synchronised(Arguments &&...arguments)
      : value_(std::forward<Arguments>(arguments)...) {}
  Synchronised(const Synchronised &) = delete;
  Synchronised &operator=(const Synchronised &) = delete;

  template <class Function> auto with_lock(Function &&function) {
    const std::lock_guard<std::mutex> lock(mutex_);
    return checked<Function, T &>(function, value_);
  }
  template <class Function> auto with_lock(Function &&function) const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return checked<Function, const T &>(function, value_);
  }

private:
  template <class Function, class Value>
  static auto checked(Function &function, Value value) {
    using Returned = std::invoke_result_t<Function &, Value>;
    static_assert(
        !std::is_reference_v<Returned> &&
            !detail::holds<detail::IsView, Returned> &&
            !detail::holds<detail::SharesWritable, Returned>,
        "isolation: what with_lock() returns must not lead back to the value, "
        "which is not locked any more; return a copy");
    return function(value);
  }

  mutable std::mutex mutex_;
  T value_; // guarded by mutex_
};

} // namespace isolation

#endif // ISOLATION_SYNCHRONISED_H
