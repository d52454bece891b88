// PerRequest<T>: the key to one object of type T in each request.
//
// Example:
//
//   #include <isolation/per_request.h>
//   #include <string>
//
//   class AgentFactory {
//   public:
//     // What used to be `static AgentFactory &instance();`
//     static AgentFactory &
//     create(const isolation::UserExecutionContext &user_context) {
//       static constexpr isolation::PerRequest<AgentFactory> slot;
//       return slot.get_or_create(user_context, [&] {
//         return AgentFactory(user_context);
//       });
//     }
//     std::string owner() const { return std::string(context_.user_id()); }
//
//   private:
//     explicit AgentFactory(const isolation::UserExecutionContext &context)
//         : context_(context) {}
//     isolation::UserExecutionContext context_;
//   };
//
// Shape: an immutable key whose address is its identity; constant-initialised,
// so it can be used before main. Declare it `static constexpr` in a function or
// in the class T itself (which may be incomplete there), `inline constexpr` at
// namespace scope in a header. A factory returns
//   - a T, or an object of a class derived from T: built in place, no move or
//     copy, and by the caller's access rights (private constructors);
//   - a std::unique_ptr or std::shared_ptr to one: kept, the slot is *pointer;
// and takes nothing, or the context. For a T with a private destructor write
// `friend class isolation::PerRequest<T>;`.
//
// Ownership and lifetime: the request owns the object. Objects are destroyed in
// the reverse order in which their creation was completed, when the request's
// last handle goes or at end(). References stay valid until then, or until
// set() or reset() of the same slot.
//
// Thread-safety: everything may be called from any thread. A factory runs once
// per request however many threads ask, and without a lock: other slots can be
// created meanwhile, and by the factory itself. The objects' own methods are
// their own business.
//
// Errors: RequestEndedError after the end; CreationCycleError, instead of a
// deadlock, when the object is needed to create itself, over any number of
// threads that wait for each other in get_or_create (a factory that blocks on
// other work of its own, such as joining a thread, cannot be seen through);
// Error for a null pointer from a factory; whatever the factory throws, and the
// slot is empty again.

#ifndef ISOLATION_PER_REQUEST_H
#define ISOLATION_PER_REQUEST_H

#include <isolation/detail/slot_filling.h>
#include <isolation/detail/slot_key.h>
#include <isolation/detail/storage_kind.h>
#include <isolation/detail/type_name.h>
#include <isolation/error.h>
#include <isolation/test_override.h>
#include <isolation/user_execution_context.h>

#include <memory>
#include <new>
#include <type_traits>
#include <utility>

namespace isolation {

template <class T> class ISOLATION_EXPORT PerRequest : public detail::SlotKey {
  static_assert(!std::is_reference_v<T> && !std::is_void_v<T>,
                "isolation: PerRequest<T> holds objects; T must be an object "
                "type");

public:
  // Not defaulted: `constexpr PerRequest<T> slot;` needs one written out.
  constexpr PerRequest() noexcept {}

  /// The request's object, made by `factory` if there is none yet.
  template <class Factory>
  T &get_or_create(const UserExecutionContext &context,
                   Factory &&factory) const {
    detail::ObjectStore &scope = detail::ContextAccess::scope(context);
    if (void *found = scope.find(*this); ISOLATION_LIKELY(found != nullptr))
      return *static_cast<T *>(found);
    return create(scope, context, factory);
  }

  /// The request's object, null if there is none (yet).
  [[nodiscard]] T *peek(const UserExecutionContext &context) const {
    detail::ObjectStore &scope = detail::ContextAccess::scope(context);
    void *const found = scope.find(*this);
    if (!found && scope.ended())
      detail::ObjectStore::raise_ended();
    return static_cast<T *>(found);
  }

  /// Puts `value` (a T, a derived object, or a smart pointer to one) in place
  /// of whatever is there, which is destroyed afterwards.
  template <class Value>
  T &set(const UserExecutionContext &context, Value &&value) const {
    using Kept = std::decay_t<Value>;
    if constexpr (detail::fills_slot<detail::storage_kind<T, Kept>()>()) {
      detail::ObjectStore &scope = detail::ContextAccess::scope(context);
      Replacement<Kept> replacement(scope);
      ::new (replacement.storage) Kept(std::forward<Value>(value));
      replacement.built = true;
      T *const object = object_in<Kept>(replacement.storage);
      refuse_null(object);
      const detail::ObjectStore::Detached old =
          scope.replace(*this, replacement.storage, stored_type<Kept>);
      replacement.storage = nullptr;
      scope.dispose(old);
      return *object;
    }
  }

  /// Destroys the request's object; the next get_or_create makes a new one.
  /// Says whether there was one.
  bool reset(const UserExecutionContext &context) const {
    detail::ObjectStore &scope = detail::ContextAccess::scope(context);
    const detail::ObjectStore::Detached old =
        scope.reset(*this, detail::type_name<T>());
    scope.dispose(old);
    return old.storage != nullptr;
  }

  /// Shows `replacement` to this request while the returned guard lives.
  TestOverride override_for_test(const UserExecutionContext &context,
                                 T &replacement) const {
    return TestOverride(context, *this, erase(&replacement), nullptr,
                        detail::type_name<T>());
  }
  template <class U, class = std::enable_if_t<std::is_convertible_v<U *, T *>>>
  TestOverride override_for_test(const UserExecutionContext &context,
                                 std::unique_ptr<U> replacement) const {
    refuse_null(replacement.get());
    T *const object = replacement.get();
    return TestOverride(context, *this, erase(object),
                        std::shared_ptr<U>(std::move(replacement)),
                        detail::type_name<T>());
  }

private:
  template <class Factory>
  static decltype(auto) call(Factory &factory,
                             const UserExecutionContext &context) {
    if constexpr (std::is_invocable_v<Factory &, const UserExecutionContext &>)
      return factory(context);
    else
      return factory();
  }

  template <class Factory>
  ISOLATION_NOINLINE T &create(detail::ObjectStore &scope,
                               const UserExecutionContext &context,
                               Factory &factory) const {
    using Made = decltype(call(factory, context));
    using Kept = std::remove_cv_t<Made>;
    constexpr detail::StorageKind kind = detail::storage_kind<T, Made>();
    if constexpr (detail::fills_slot<kind>()) {
      detail::SlotFilling filling(scope, stored_type<Kept>);
      if (void *existing = filling.claim(*this))
        return *static_cast<T *>(existing);
      T *object = nullptr;
      filling.fill([&](void *storage) {
        // The call's result is the object itself (guaranteed elision).
        ::new (storage) Kept(call(factory, context));
        object = object_in<Kept>(storage);
        if constexpr (kind == detail::StorageKind::Holder) {
          if (!object) {
            destroy<Kept>(storage);
            refuse_null(object);
          }
        }
      });
      return *static_cast<T *>(filling.publish(erase(object)));
    }
  }

  static void refuse_null(const void *object) {
    if (!object)
      detail::raise(Error("a null pointer was given for " +
                          std::string(detail::type_name<T>())));
  }

  static void *erase(T *object) noexcept {
    return const_cast<void *>(static_cast<const volatile void *>(object));
  }

  template <class Kept> static T *object_in(void *storage) {
    if constexpr (detail::storage_kind<T, Kept>() ==
                  detail::StorageKind::Holder)
      return static_cast<Kept *>(storage)->get();
    else
      return static_cast<Kept *>(storage);
  }
  template <class Kept> static void *erased_object_in(void *storage) {
    return erase(object_in<Kept>(storage));
  }
  // A member, so that a friend declaration reaches private destructors.
  template <class Kept> static void destroy(void *storage) {
    static_cast<Kept *>(storage)->~Kept();
  }
  template <class Kept>
  static constexpr detail::StoredType stored_type{
      detail::type_name<T>(),
      sizeof(Kept),
      alignof(Kept),
      detail::size_with_node(sizeof(Kept), alignof(Kept)),
      &destroy<Kept>,
      &erased_object_in<Kept>};

  /// Storage for set(), cleaned up unless the slot took it.
  template <class Kept> struct Replacement {
    explicit Replacement(detail::ObjectStore &owner)
        : scope(owner),
          storage(owner.allocate_single(sizeof(Kept), alignof(Kept))) {}
    Replacement(const Replacement &) = delete;
    Replacement &operator=(const Replacement &) = delete;
    ~Replacement() {
      if (!storage)
        return;
      if (built)
        destroy<Kept>(storage);
      scope.release(storage);
    }

    detail::ObjectStore &scope;
    void *storage;
    bool built = false;
  };
};

} // namespace isolation

#endif // ISOLATION_PER_REQUEST_H
