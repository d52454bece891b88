// FactoryCall: a caller's factory on its way to where the object is built.
//
// What happens between accessor and factory is one function for all slots
// (make_object.h), so the factory passes through it as a `void *`.

#ifndef ISOLATION_DETAIL_FACTORY_CALL_H
#define ISOLATION_DETAIL_FACTORY_CALL_H

#include <isolation/detail/config.h>
#include <isolation/detail/object_store.h>
#include <isolation/detail/place.h>
#include <isolation/user_execution_context.h>

#include <cstring>
#include <memory>
#include <new>
#include <type_traits>

namespace isolation::detail {

template <class Made> struct Result {
  using Type = Made;
};
template <class Factory> constexpr auto made_by() noexcept {
  if constexpr (std::is_invocable_v<Factory &, const UserExecutionContext &>)
    return Result<
        std::invoke_result_t<Factory &, const UserExecutionContext &>>();
  else
    return Result<std::invoke_result_t<Factory &>>();
}

/// What a factory returns, with or without the context as its argument.
template <class Factory>
using MadeBy = typename decltype(made_by<Factory>())::Type;

/// A temporary that fits two registers is passed in them, so that an accessor
/// has nothing in memory while it finds what is there.
template <class Factory>
using Passed =
    std::conditional_t<!std::is_reference_v<Factory> &&
                           std::is_trivially_copyable_v<Factory> &&
                           sizeof(std::decay_t<Factory>) <= 2 * sizeof(void *),
                       Factory, Factory &>;

/// Whether what is passed by value goes to build() in place of a pointer to
/// it: then an accessor has nothing in memory while it makes an object, and
/// leaves for make_object() by a jump.
template <class Factory>
inline constexpr bool fits_pointer =
    !ISOLATION_CHECKED && !std::is_reference_v<Passed<Factory>> &&
    sizeof(std::decay_t<Factory>) <= sizeof(void *);

/// A factory on its way to build(), with what only checks want to know.
template <class Factory> struct ISOLATION_ABI FactoryCall {
  std::remove_reference_t<Factory> &factory;
  ObjectStore &scope;
#if ISOLATION_CHECKED
  Place place;
#endif
  void *erased() noexcept {
    if constexpr (ISOLATION_CHECKED)
      return this;
    else if constexpr (fits_pointer<Factory>) {
      void *bits = nullptr;
      if constexpr (!std::is_empty_v<Factory>)
        std::memcpy(&bits, &factory, sizeof factory);
      return bits;
    } else if constexpr (std::is_function_v<std::remove_reference_t<Factory>>)
      return reinterpret_cast<void *>(&factory);
    else
      return const_cast<void *>(
          static_cast<const volatile void *>(std::addressof(factory)));
  }
};
template <class Factory>
ISOLATION_ABI std::remove_reference_t<Factory> &
factory_of(void *erased, void *copy) noexcept {
  using Called = std::remove_reference_t<Factory>;
  if constexpr (ISOLATION_CHECKED)
    return static_cast<FactoryCall<Factory> *>(erased)->factory;
  else if constexpr (fits_pointer<Factory>)
    return *std::launder(static_cast<Called *>(copy));
  else if constexpr (std::is_function_v<Called>)
    return *reinterpret_cast<Called *>(erased);
  else
    return *static_cast<Called *>(erased);
}

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_FACTORY_CALL_H
