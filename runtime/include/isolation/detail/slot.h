// Slot: what PerRequest, PerConversation and PerUser have in common.
//
// They differ in where the object lives, which `Where::store(context)` says,
// and in their names. `Self` is the public class: its member `destroy` is what
// calls destructors, so that `friend class isolation::PerRequest<T>` reaches a
// private one.

#ifndef ISOLATION_DETAIL_SLOT_H
#define ISOLATION_DETAIL_SLOT_H

#include <isolation/detail/ambient_entry.h>
#include <isolation/detail/checks.h>
#include <isolation/detail/context_forward.h>
#include <isolation/detail/factory_call.h>
#include <isolation/detail/factory_override.h>
#include <isolation/detail/make_object.h>
#include <isolation/detail/mark_destroyed.h>
#include <isolation/detail/place.h>
#include <isolation/detail/scope_hold.h>
#include <isolation/detail/slot_key.h>
#include <isolation/detail/storage_kind.h>
#include <isolation/detail/type_name.h>
#include <isolation/error.h>
#include <isolation/override_guard.h>
#include <isolation/scoped.h>
#include <isolation/test_override.h>
#include <isolation/user_execution_context.h>

#include <cstring>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

namespace isolation {

namespace detail {

template <class Self, class T, class Where> class Slot : public SlotKey {
public:
  /// The scope's object, made by `factory` if there is none yet.
  template <class Factory>
  T &get_or_create(const UserExecutionContext &context,
                   Factory &&factory ISOLATION_PLACE_PARAMETER) const {
    check_use(context ISOLATION_PLACE);
    if (void *found = Where::slots(context).first_visible(*this);
        ISOLATION_LIKELY(found != nullptr))
      return *static_cast<T *>(found);
    return create<Factory>(context, factory ISOLATION_PLACE);
  }

  /// The same, made of nothing: `T()`, or an array of such.
  T &get_or_create(
      const UserExecutionContext &context ISOLATION_PLACE_PARAMETER) const {
    return get_or_create(context,
                         [] { return made_of_nothing<T>(); } ISOLATION_PLACE);
  }

  /// The scope's object, null if there is none (yet).
  [[nodiscard]] T *
  peek(const UserExecutionContext &context ISOLATION_PLACE_PARAMETER) const {
    check_use(context ISOLATION_PLACE);
    return find_in(Where::store(context));
  }

  /// Puts `value` (a T, a derived object, or a smart pointer to one) in place
  /// of whatever is there, which is destroyed afterwards; what share() gave out
  /// is destroyed with its last pointer.
  template <class Value>
  T &set(const UserExecutionContext &context,
         Value &&value ISOLATION_PLACE_PARAMETER) const {
    using Kept = std::decay_t<Value>;
    if constexpr (fills_slot<storage_kind<T, Kept>()>()) {
      check_use(context ISOLATION_PLACE);
      const typename Where::ChangeHold hold(context);
      ObjectStore &scope = hold.store();
      const RequestScope &request = ContextAccess::scope(context);
      Replacement<Kept> replacement(scope);
      checks::Storage memory(scope, request, replacement.storage, sizeof(Kept),
                             type_name<T>() ISOLATION_PLACE);
      ::new (replacement.storage) Kept(std::forward<Value>(value));
      replacement.built = true;
      T *const object = object_in<Kept>(replacement.storage);
      refuse_null(object);
      check_given<Kept>(request, replacement.storage, object ISOLATION_PLACE);
      const ObjectStore::Detached old =
          scope.replace(*this, replacement.storage, stored_type<Kept>);
      replacement.storage = nullptr;
      memory.keep();
      checks::storage_gone(old.storage);
      scope.dispose(old);
      hold.expect_request_holds_it();
      return *object;
    }
  }

  /// Destroys the scope's object, as set() does; the next get_or_create makes a
  /// new one. Says whether there was one.
  bool
  reset(const UserExecutionContext &context ISOLATION_PLACE_PARAMETER) const {
    check_use(context ISOLATION_PLACE);
    const typename Where::ChangeHold hold(context);
    ObjectStore &scope = hold.store();
    const ObjectStore::Detached old = scope.reset(*this, type_name<T>());
    checks::storage_gone(old.storage);
    scope.dispose(old);
    return old.storage || old.kept_apart;
  }

  /// The scope's object as a pointer that keeps the request and the object,
  /// also from set() and reset(), until the pointer goes or the request is
  /// ended by hand; null if there is none (yet). An object of a wider scope
  /// stays until the pointer goes. (A TestOverride's stays until its guard
  /// does.)
  [[nodiscard]] std::shared_ptr<T>
  share(const UserExecutionContext &context ISOLATION_PLACE_PARAMETER) const {
    check_use(context ISOLATION_PLACE);
    typename Where::Hold hold(context);
    if (!find_in(hold.store()))
      return nullptr;
    const auto kept =
        std::make_shared<Kept<typename Where::Hold>>(context, std::move(hold));
    void *const object = kept->keep(*this);
    return object ? std::shared_ptr<T>(kept, static_cast<T *>(object))
                  : nullptr;
  }
  /// The same, and makes the object if there is none yet.
  template <class Factory>
  [[nodiscard]] std::shared_ptr<T>
  share(const UserExecutionContext &context,
        Factory &&factory ISOLATION_PLACE_PARAMETER) const {
    get_or_create(context, std::forward<Factory>(factory) ISOLATION_PLACE);
    return share(context ISOLATION_PLACE);
  }

  /// A handle for code that must store where the object is.
  [[nodiscard]] Scoped<T> scoped(const UserExecutionContext &context) const {
    const typename Where::Hold hold(context);
    ObjectStore &scope = hold.store();
    return Scoped<T>(scope.generation(), scope.node_of(*this));
  }

  /// Shows `replacement` to this scope while the returned guard lives.
  TestOverride
  override_for_test(const UserExecutionContext &context,
                    T &replacement ISOLATION_PLACE_PARAMETER) const {
    checks::object_given(ContextAccess::scope(context), erase(&replacement),
                         type_name<T>() ISOLATION_PLACE);
    return show(context, &replacement, ErasedOwner());
  }
  template <class U, class = std::enable_if_t<std::is_convertible_v<U *, T *>>>
  TestOverride override_for_test(const UserExecutionContext &context,
                                 std::unique_ptr<U> replacement) const {
    refuse_null(replacement.get());
    T *const object = replacement.get();
    return show(context, object, ErasedOwner(replacement.release()));
  }

  /// Makes this request use `factory` instead of what get_or_create() is
  /// given, while the returned guard lives. What is there already stays.
  template <class Factory>
  OverrideGuard override_factory(const UserExecutionContext &context,
                                 Factory &&factory) const {
    RequestScope &request = ContextAccess::scope(context);
    request.create_at_length();
    return override_factory_in<std::decay_t<Factory>>(
        request.need_extras().factories, std::forward<Factory>(factory));
  }
  /// The same for every request that was or will be begun from `domain`, a
  /// Domain. They call it at the same time.
  template <class D, class Factory,
            class = std::enable_if_t<std::is_same_v<D, Domain>>>
  OverrideGuard override_factory(D &domain, Factory &&factory) const {
    using Called = const std::decay_t<Factory>;
    constexpr bool callable =
        std::is_invocable_v<Called &> ||
        std::is_invocable_v<Called &, const UserExecutionContext &>;
    static_assert(callable,
                  "isolation: a domain's requests call its factory at the same "
                  "time; its call operator must be const (no mutable lambda)");
    if constexpr (callable)
      return override_factory_in<Called>(domain.factories(),
                                         std::forward<Factory>(factory));
  }

protected:
  // Not defaulted: `constexpr PerRequest<T> slot;` needs one written out.
  constexpr Slot() noexcept {}
  ~Slot() = default;

private:
  T *find_in(const ObjectStore &scope) const {
    void *const found = scope.find(*this);
    if (!found && scope.ended())
      ObjectStore::raise_ended();
    return static_cast<T *>(found);
  }

  TestOverride show(const UserExecutionContext &context, T *replacement,
                    ErasedOwner owner) const {
    typename Where::Hold hold(context);
    ObjectStore &scope = hold.store();
    return TestOverride(context, std::move(hold), scope, *this,
                        erase(replacement), std::move(owner), type_name<T>());
  }

  static void check_use([[maybe_unused]] const UserExecutionContext &context
                            ISOLATION_PLACE_PARAMETER) {
#if ISOLATION_CHECKED
    const UserExecutionContext *const ambient =
        innermost_ambient ? innermost_ambient->context : nullptr;
    checks::slot_used(ContextAccess::scope(context),
                      ambient ? &ContextAccess::scope(*ambient) : nullptr,
                      ambient, type_name<T>(), place);
#endif
  }

  /// A pointer may lead to an object that somebody else's request owns.
  template <class Kept>
  static void check_given(const RequestScope &request, const void *storage,
                          const T *object ISOLATION_PLACE_PARAMETER) {
    if constexpr (storage_kind<T, Kept>() == StorageKind::Holder) {
      checks::object_given(request,
                           const_cast<const std::remove_cv_t<T> *>(object),
                           type_name<T>() ISOLATION_PLACE);
      checks::pointee_known<Kept>(storage);
    }
  }
  template <class Kept>
  ISOLATION_ABI static void destroy_pointer(void *storage) {
    checks::pointee_gone(storage);
    Self::template destroy<Kept>(storage);
  }
  /// What destroys what a slot keeps.
  template <class Kept> static constexpr auto destroyer() noexcept {
    if constexpr (ISOLATION_CHECKED &&
                  storage_kind<T, Kept>() == StorageKind::Holder)
      return &destroy_pointer<Kept>;
    else
      return &Self::template destroy<Kept>;
  }

  template <class Factory>
  ISOLATION_NOINLINE T &
  create(const UserExecutionContext &context,
         Passed<Factory> factory ISOLATION_PLACE_PARAMETER) const {
    if constexpr (fills_slot<storage_kind<T, MadeBy<Factory>>()>()) {
      const typename Where::Hold hold(context);
      ObjectStore &scope = hold.store();
      FactoryCall<Factory> call{factory, scope ISOLATION_PLACE};
      void *const object = make_object(
          scope, context, *this, stored_type<std::remove_cv_t<MadeBy<Factory>>>,
          &build<Factory>, call.erased());
      hold.expect_request_holds_it();
      return *static_cast<T *>(object);
    }
  }

  /// By an override's factory.
  template <class Factory>
  void *create_by(ObjectStore &scope, const UserExecutionContext &context,
                  Factory &factory ISOLATION_PLACE_PARAMETER) const {
    FactoryCall<Factory &> call{factory, scope ISOLATION_PLACE};
    return make_object_by(scope, context, *this,
                          stored_type<std::remove_cv_t<MadeBy<Factory>>>,
                          &build<Factory &>, call.erased());
  }

  template <class Factory>
  static void *build(void *storage, const UserExecutionContext &context,
                     void *call) {
    using Kept = std::remove_cv_t<MadeBy<Factory>>;
#if ISOLATION_CHECKED
    const auto &made_by = *static_cast<const FactoryCall<Factory> *>(call);
    // The factory may move from the context.
    const RequestScope &request = ContextAccess::scope(context);
    checks::Storage memory(made_by.scope, request, storage, sizeof(Kept),
                           type_name<T>(), made_by.place);
#endif
    alignas(void *) unsigned char copy[sizeof call];
    std::memcpy(copy, &call, sizeof call); // for those that fit a pointer
    Self::template construct<Kept>(storage, factory_of<Factory>(call, copy),
                                   context);
    T *const object = object_in<Kept>(storage);
    if constexpr (storage_kind<T, MadeBy<Factory>>() == StorageKind::Holder) {
      if (!object) {
        Self::template destroy<Kept>(storage);
        refuse_null(object);
      }
    }
#if ISOLATION_CHECKED
    struct Undo {
      ~Undo() {
        if (storage)
          destroyer<Kept>()(storage);
      }
      void *storage;
    } undo{storage};
    check_given<Kept>(request, storage, object, made_by.place);
    undo.storage = nullptr;
    memory.keep();
#endif
    return erase(object);
  }

  /// `Factory` is const where several threads may call it.
  template <class Factory> struct Override final : FactoryOverride {
    template <class F>
    Override(const Slot &of, F &&function)
        : FactoryOverride(of), factory(std::forward<F>(function)) {}
    void *create(ObjectStore &scope,
                 const UserExecutionContext &context) const override {
      Factory &called = factory;
      return static_cast<const Slot &>(key).create_by(scope, context, called);
    }
    mutable std::remove_const_t<Factory> factory;
  };

  template <class Called, class Factory>
  OverrideGuard override_factory_in(const Shared<FactoryOverrides> &list,
                                    Factory &&factory) const {
    if constexpr (fills_slot<storage_kind<T, MadeBy<Called>>()>())
      return OverrideGuard(list, Shared<FactoryOverride>(new Override<Called>(
                                     *this, std::forward<Factory>(factory))));
  }

  static void refuse_null(const void *object) {
    if (!object)
      raise(
          Error("a null pointer was given for " + std::string(type_name<T>())));
  }

  static void *erase(T *object) noexcept {
    return const_cast<void *>(static_cast<const volatile void *>(object));
  }

  template <class Kept> static T *object_in(void *storage) {
    if constexpr (storage_kind<T, Kept>() == StorageKind::Holder)
      return static_cast<Kept *>(storage)->get();
    else if constexpr (std::is_array_v<T>)
      return &static_cast<Kept *>(storage)->elements;
    else
      return static_cast<Kept *>(storage);
  }
  template <class Kept> static void *erased_object_in(void *storage) {
    return erase(object_in<Kept>(storage));
  }
  template <class Kept>
  ISOLATION_ABI static constexpr StoredType stored_type{
      type_name<T>(),    sizeof(Kept),
      alignof(Kept),     size_with_node(sizeof(Kept), alignof(Kept)),
      destroyer<Kept>(), &erased_object_in<Kept>};

  /// Storage for set(), cleaned up unless the slot took it.
  template <class Kept> struct Replacement {
    explicit Replacement(ObjectStore &owner)
        : scope(owner),
          storage(owner.allocate_single(sizeof(Kept), alignof(Kept))) {}
    Replacement(const Replacement &) = delete;
    Replacement &operator=(const Replacement &) = delete;
    ~Replacement() {
      if (!storage)
        return;
      const HiddenAmbient hidden(scope);
      if (built)
        Self::template destroy<Kept>(storage);
      scope.release(storage);
    }

    ObjectStore &scope;
    void *storage;
    bool built = false;
  };
};

} // namespace detail
} // namespace isolation

#endif // ISOLATION_DETAIL_SLOT_H
