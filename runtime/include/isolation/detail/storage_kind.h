// StorageKind: how what a factory returns is kept for a slot of T.
//
//   T, or a class derived from T            itself, built in place
//   unique_ptr<U>, shared_ptr<U>, U* -> T*  the pointer, the slot shows
//   *pointer anything else                           refused, with the reason
//
// A slot whose T is itself a smart pointer keeps that pointer as its object. An
// array cannot be returned: it comes as Elements<T>.

#ifndef ISOLATION_DETAIL_STORAGE_KIND_H
#define ISOLATION_DETAIL_STORAGE_KIND_H

#include <memory>
#include <type_traits>

namespace isolation::detail {

enum class StorageKind { InPlace, Holder, RawPointer, Reference, Unrelated };

template <class P> struct SmartPointer {
  static constexpr bool value = false;
  using Pointer = void *;
};
template <class U, class D> struct SmartPointer<std::unique_ptr<U, D>> {
  static constexpr bool value = !std::is_array_v<U>;
  using Pointer = typename std::unique_ptr<U, D>::pointer;
};
template <class U> struct SmartPointer<std::shared_ptr<U>> {
  static constexpr bool value = !std::is_array_v<U>;
  using Pointer = U *;
};

template <class T> struct Elements {
  T elements;
};
template <class T> auto made_of_nothing() {
  if constexpr (std::is_array_v<T>)
    return Elements<T>{};
  else
    return T();
}

template <class T, class Made> constexpr StorageKind storage_kind() noexcept {
  using Kept = std::remove_cv_t<Made>;
  if constexpr (std::is_reference_v<Made>)
    return StorageKind::Reference;
  else if constexpr (std::is_same_v<Kept, std::remove_cv_t<T>>)
    return StorageKind::InPlace;
  else if constexpr (std::is_array_v<T>)
    return std::is_same_v<Kept, Elements<T>> ? StorageKind::InPlace
                                             : StorageKind::Unrelated;
  else if constexpr (std::is_pointer_v<Kept>)
    return std::is_convertible_v<Kept, T *> ? StorageKind::RawPointer
                                            : StorageKind::Unrelated;
  else if constexpr (SmartPointer<Kept>::value)
    return std::is_convertible_v<typename SmartPointer<Kept>::Pointer, T *>
               ? StorageKind::Holder
               : StorageKind::Unrelated;
  else if constexpr (std::is_class_v<Kept> &&
                     std::is_convertible_v<Kept *, T *>)
    return StorageKind::InPlace;
  else
    return StorageKind::Unrelated;
}

/// Whether a type can fill a slot; where not, the compiler says why in words.
template <StorageKind Kind> constexpr bool fills_slot() {
  static_assert(Kind != StorageKind::RawPointer,
                "isolation: a raw pointer does not say who deletes the object; "
                "return the object itself, a std::unique_ptr or a "
                "std::shared_ptr");
  static_assert(Kind != StorageKind::Reference,
                "isolation: a reference would share an object that lives "
                "elsewhere; return a new object, a std::unique_ptr or a "
                "std::shared_ptr");
  static_assert(Kind != StorageKind::Unrelated,
                "isolation: the slot's type is neither the returned type nor a "
                "public base of it; return T, a class derived from T, or a "
                "std::unique_ptr or std::shared_ptr to one");
  return Kind == StorageKind::InPlace || Kind == StorageKind::Holder;
}

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_STORAGE_KIND_H
