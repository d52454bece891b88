// What ProcessWide<T> and Synchronised<T> ask of a type, at compile time.
//
// `const` says nothing about what a pointer leads to, or what a std::function
// keeps: const access to one is write access to what lies behind it. Told by
// what a type can do, or by the name that the compiler gives it, so that none
// of the headers is needed in which the standard library declares it.
//
// The arguments of the standard library's templates are looked at as well,
// since it keeps them: a std::vector<T *> leads on to what its elements lead
// to. Not so those of a program's own templates, and members of classes, which
// cannot be seen.

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
template <class T> struct is_synchronised;

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

/// Whether `Is` holds of T, or of what a standard template T is made of.
template <template <class> class Is, class T> struct HoldsOf {
  static constexpr bool value = Is<T>::value;
};
template <template <class> class Is, class T>
inline constexpr bool holds =
    HoldsOf<Is, std::remove_cv_t<std::remove_all_extents_t<T>>>::value;

template <template <class> class Is, template <class...> class Container,
          class... Elements>
struct HoldsOf<Is, Container<Elements...>> {
  static constexpr bool value =
      Is<Container<Elements...>>::value ||
      (is_std(type_name<Container<Elements...>>(), "") &&
       (holds<Is, Elements> || ...));
};
template <template <class> class Is, template <class, std::size_t> class Array,
          class T, std::size_t Size>
struct HoldsOf<Is, Array<T, Size>> {
  static constexpr bool value =
      Is<Array<T, Size>>::value ||
      (is_std(type_name<Array<T, Size>>(), "") && holds<Is, T>);
};

template <class Reached>
inline constexpr bool is_writable_place =
    std::is_lvalue_reference_v<Reached> &&
    !std::is_function_v<std::remove_reference_t<Reached>> &&
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

template <class T>
inline constexpr bool is_pointer_to_untyped =
    std::is_pointer_v<T> && std::is_void_v<std::remove_pointer_t<T>> &&
    !std::is_const_v<std::remove_pointer_t<T>>;

/// Where nothing but the declaration is known, nobody has said so.
template <class T, class = void>
inline constexpr bool says_synchronised = false;
template <class T>
inline constexpr bool
    says_synchronised<T, decltype(void(is_synchronised<T>::value))> =
        is_synchronised<T>::value;

/// What is synchronised gives write access on purpose. (A std::atomic does so
/// to a pointer alone, which is looked at as what it is made of.)
template <class T> struct LeadsOn {
  static constexpr bool value =
      !says_synchronised<T> &&
      (leads_on_by_star<T> || leads_on_by_index<T> || leads_on_by_get<T> ||
       leads_on_by_lock<T> || is_pointer_to_untyped<T>);
};

/// A std::function, or another template of what it is called like.
template <class T> struct IsCallable {
  static constexpr bool value = false;
};
template <template <class...> class Wrapper, class Signature, class... More>
struct IsCallable<Wrapper<Signature, More...>> {
  static constexpr bool value = std::is_function_v<Signature>;
};

/// What looks at memory that it does not own: a view, an iterator, a pointer.
template <class T, class = void> inline constexpr bool is_iterator = false;
template <class T>
inline constexpr bool
    is_iterator<T, decltype(void(typename T::iterator_category()))> = true;
template <class T> struct IsView {
  static constexpr bool value = std::is_pointer_v<T> || is_iterator<T> ||
                                is_std(type_name<T>(), "basic_string_view<") ||
                                is_std(type_name<T>(), "span<") ||
                                is_std(type_name<T>(), "reference_wrapper<");
};
/// What shares an object that can be written to. A std::unique_ptr does not:
/// who gets it from under a lock has taken the object out.
template <class T> struct SharesWritable {
  static constexpr bool value =
      LeadsOn<T>::value && !is_std(type_name<T>(), "unique_ptr<");
};

/// A context, or what keeps one and says so by a member context(), as
/// BoundFunction and ContextExecutor do. Templates of the program's own may be
/// named after contexts and hold none.
template <class T, class = void> inline constexpr bool gives_context = false;
template <class T>
inline constexpr bool gives_context<
    T, decltype(void(std::declval<const T &>().context()))> =
    std::is_same_v<std::decay_t<decltype(std::declval<const T &>().context())>,
                   UserExecutionContext>;
template <class T> struct IsContext {
  static constexpr bool value =
      std::is_same_v<T, UserExecutionContext> || gives_context<T>;
};
template <class T> struct IsContext<Synchronised<T>> {
  static constexpr bool value = holds<IsContext, T>;
};
template <class T> inline constexpr bool holds_context = holds<IsContext, T>;

} // namespace detail
} // namespace isolation

#endif // ISOLATION_DETAIL_PROCESS_WIDE_RULES_H
