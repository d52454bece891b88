// ProcessWide<T>: what a process shares between all users, on purpose.
//
// Example:
//
//   #include <isolation/process_wide.h>
//   #include <atomic>
//   #include <string>
//
//   struct Config { std::string region; };
//
//   const Config &config() {
//     static const isolation::ProcessWide<Config> shared(Config{"eu"});
//     return *shared; // const: nobody can leave anything behind in it
//   }
//   long count_request() {
//     static isolation::ProcessWide<std::atomic<long>> requests(0L);
//     return ++*requests; // synchronised: may be written
//   }
//
// Shape: a wrapper that holds the value, and gives const access to it. A type
// that is synchronised can be written as well: std::atomic, std::mutex and
// their kind (mutexes, condition variables, semaphores, latches, barriers),
// Synchronised<T>, and what a program declares to be, by specialising
// is_synchronised. unsingleton takes a ProcessWide for what it says, and does
// not report it.
//
// What the compiler refuses: a reference or pointer type (it would share what
// it refers to, unchecked); a pointer of any kind, std::reference_wrapper or
// span to what is not const, and a std::function (const access to one is write
// access to what lies behind it); a context (a user's), and what keeps one and
// says so, as BoundFunction and ContextExecutor do; each of these also in
// std::optional, pair, variant, atomic, the standard containers and smart
// pointers; writing to what is not synchronised.
// What it cannot see: `mutable` members, and members of classes.
// Ownership: owns the value. Thread-safety: const access and synchronised types
// only. Errors: those of T's constructor.

#ifndef ISOLATION_PROCESS_WIDE_H
#define ISOLATION_PROCESS_WIDE_H

#include <isolation/detail/config.h>
#include <isolation/detail/process_wide_rules.h>
#include <isolation/synchronised.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <type_traits>
#include <utility>

namespace isolation {

/// Whether a type may be used by several threads at once. Specialise it, from
/// std::true_type, for a type of yours that locks by itself.
template <class T>
struct is_synchronised : std::bool_constant<detail::is_std_lock<T>()> {};
template <class T> struct is_synchronised<std::atomic<T>> : std::true_type {};
template <> struct is_synchronised<std::atomic_flag> : std::true_type {};
template <> struct is_synchronised<std::mutex> : std::true_type {};
template <> struct is_synchronised<std::recursive_mutex> : std::true_type {};
template <> struct is_synchronised<std::timed_mutex> : std::true_type {};
template <>
struct is_synchronised<std::recursive_timed_mutex> : std::true_type {};
template <> struct is_synchronised<std::once_flag> : std::true_type {};
template <> struct is_synchronised<std::condition_variable> : std::true_type {};
template <>
struct is_synchronised<std::condition_variable_any> : std::true_type {};
template <class T> struct is_synchronised<Synchronised<T>> : std::true_type {};
template <class T> struct is_synchronised<const T> : is_synchronised<T> {};

template <class T> class ISOLATION_PROCESS_WIDE ProcessWide {
  static_assert(!std::is_reference_v<T> && !std::is_pointer_v<T>,
                "isolation: ProcessWide<T> owns what it shares; T must not be "
                "a reference or a pointer");
  static_assert(!detail::holds_context<T>,
                "isolation: a context is one user's, it must not be shared by "
                "a process");
  static_assert(detail::holds_context<T> || !detail::holds<detail::LeadsOn, T>,
                "isolation: const access to a pointer is write access to what "
                "it leads to; share the object itself, a pointer to const, or "
                "an isolation::Synchronised<T>");
  static_assert(!detail::holds<detail::IsCallable, T>,
                "isolation: a std::function is called, and changed by it, "
                "through const access as well; share what it calls, or an "
                "isolation::Synchronised<T>");

public:
  template <class... Arguments,
            class = std::enable_if_t<std::is_constructible_v<T, Arguments...>>>
  explicit constexpr ProcessWide(Arguments &&...arguments)
      : value_(std::forward<Arguments>(arguments)...) {}
  ProcessWide(const ProcessWide &) = delete;
  ProcessWide &operator=(const ProcessWide &) = delete;

  [[nodiscard]] const T &operator*() const noexcept { return value_; }
  [[nodiscard]] const T *operator->() const noexcept { return &value_; }

  /// For synchronised types; of others there is no other than const access.
  [[nodiscard]] auto &operator*() noexcept { return access(value_); }
  [[nodiscard]] auto *operator->() noexcept { return &access(value_); }

  /// The same by name, and refused for what is not synchronised.
  [[nodiscard]] T &writable() noexcept {
    static_assert(is_synchronised<T>::value,
                  "isolation: what a process shares is const or synchronised; "
                  "wrap it in isolation::Synchronised<T>, or specialise "
                  "isolation::is_synchronised if it locks by itself");
    return value_;
  }

private:
  using Access =
      std::conditional_t<is_synchronised<T>::value, T, std::add_const_t<T>>;
  static Access &access(T &value) noexcept { return value; }

  T value_;
};

} // namespace isolation

#endif // ISOLATION_PROCESS_WIDE_H
