// What ProcessWide<T> asks of a type, at compile time.
//
// `const` says nothing about what a pointer leads to, or what a std::function
// keeps: const access to one is write access to what lies behind it. Told by
// what a type can do, or by the name that the compiler gives it, so that none
// of the headers is needed in which the standard library declares it.

#ifndef ISOLATION_DETAIL_PROCESS_WIDE_RULES_H
#define ISOLATION_DETAIL_PROCESS_WIDE_RULES_H

#include <isolation/detail/context_forward.h>
#include <isolation/detail/type_name.h>

#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace isolation {

template <class T> class Synchronised;

namespace detail {

/// Whether a type's name is `name` in std, its inline namespaces aside, or
/// begins so where `name` ends in '<' or is empty.
constexpr bool is_std(std::string_view type, std::string_view name) noexcept {
  constexpr std::string_view scope = "std::";
  if (type.substr(0, scope.size()) != scope)
    return false;
  type.remove_prefix(scope.size());
  while (type.substr(0, 2) == "__" && type.find("::") < type.find('<'))
    type.remove_prefix(type.find("::") + 2);
  const bool begins = type.substr(0, name.size()) == name;
  return begins && (name.empty() || name.back() == '<' || type == name);
}

/// What locks by itself in headers that are not included for it.
template <class T> constexpr bool is_std_lock() noexcept {
  constexpr std::string_view name = type_name<T>();
  return is_std(name, "shared_mutex") || is_std(name, "shared_timed_mutex") ||
         is_std(name, "counting_semaphore<") || is_std(name, "latch") ||
         is_std(name, "barrier<");
}

template <class Reached>
inline constexpr bool is_writable_place =
    std::is_lvalue_reference_v<Reached> &&
    !std::is_const_v<std::remove_reference_t<Reached>>;

/// `*pointer`, `pointer[i]`, `reference.get()`, `*weak.lock()`: whether const
/// access to a T leads to something that is not const.
template <class T, class = void> inline constexpr bool leads_on_by_star = false;
template <class T>
inline constexpr bool
    leads_on_by_star<T, decltype(void(*std::declval<const T &>()))> =
        is_writable_place<decltype(*std::declval<const T &>())>;

template <class T, class = void>
inline constexpr bool leads_on_by_index = false;
template <class T>
inline constexpr bool leads_on_by_index<
    T, decltype(void(std::declval<const T &>()[std::size_t()]))> =
    is_writable_place<decltype(std::declval<const T &>()[std::size_t()])>;

template <class T, class = void> inline constexpr bool leads_on_by_get = false;
template <class T>
inline constexpr bool
    leads_on_by_get<T, decltype(void(std::declval<const T &>().get()))> =
        is_writable_place<decltype(std::declval<const T &>().get())>;

template <class T, class = void> inline constexpr bool leads_on_by_lock = false;
template <class T>
inline constexpr bool
    leads_on_by_lock<T, decltype(void(*std::declval<const T &>().lock()))> =
        is_writable_place<decltype(*std::declval<const T &>().lock())>;

template <class T> constexpr bool leads_on() noexcept {
  return leads_on_by_star<T> || leads_on_by_index<T> || leads_on_by_get<T> ||
         leads_on_by_lock<T>;
}

/// A std::function, or another template of what it is called like.
template <class T> inline constexpr bool holds_callable = false;
template <template <class...> class Wrapper, class Signature, class... More>
inline constexpr bool holds_callable<Wrapper<Signature, More...>> =
    std::is_function_v<Signature>;

/// A context, or a standard container (optional, pointer …) of one. Templates
/// of the program's own may be named after contexts and hold none.
template <class T> struct HoldsContext {
  static constexpr bool value = std::is_same_v<T, UserExecutionContext>;
};
template <class T>
inline constexpr bool holds_context =
    HoldsContext<std::remove_cv_t<std::remove_all_extents_t<T>>>::value;

template <template <class...> class Container, class... Elements>
struct HoldsContext<Container<Elements...>> {
  static constexpr bool value =
      is_std(type_name<Container<Elements...>>(), "") &&
      (holds_context<Elements> || ...);
};
template <template <class, std::size_t> class Array, class T, std::size_t Size>
struct HoldsContext<Array<T, Size>> {
  static constexpr bool value =
      is_std(type_name<Array<T, Size>>(), "") && holds_context<T>;
};
template <class T> struct HoldsContext<Synchronised<T>> {
  static constexpr bool value = holds_context<T>;
};

} // namespace detail
} // namespace isolation

#endif // ISOLATION_DETAIL_PROCESS_WIDE_RULES_H
