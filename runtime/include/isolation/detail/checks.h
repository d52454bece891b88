// checks: what contexts and slots tell a checked build, and what it looks for.
//
// In unchecked builds every function here is empty and its arguments are what
// is at hand anyway: nothing is left of a call. The two sets are different
// functions under one name (an alias), so units that are built differently
// never get each other's; and a program that passes a context between such
// units does not link, since the context's name in symbols says which it is
// (ISOLATION_ABI).

#ifndef ISOLATION_DETAIL_CHECKS_H
#define ISOLATION_DETAIL_CHECKS_H

#include <isolation/detail/config.h>
#include <isolation/detail/place.h>
#include <isolation/detail/request_scope.h>

#include <cstddef>
#include <string_view>

#if ISOLATION_CHECKED
#include <isolation/detail/checked_registry.h>
#include <isolation/detail/slot_filling.h>
#include <isolation/isolation_fault.h>

#include <chrono>
#include <memory>
#include <type_traits>
#if defined(__linux__)
#include <link.h>
#endif
#endif

namespace isolation::detail {

#if ISOLATION_CHECKED

namespace checked {

/// The oldest object of a store, so the last to go: takes its store out of the
/// registry.
struct StoreEntry {
  explicit StoreEntry(const ObjectStore &of) noexcept : store(of) {}
  StoreEntry(const StoreEntry &) = delete;
  StoreEntry &operator=(const StoreEntry &) = delete;
  ~StoreEntry() { CheckedRegistry::instance().remove(store); }
  const ObjectStore &store;
};
struct StoreEntryKey : SlotKey {
  constexpr StoreEntryKey() noexcept {}
};
inline constexpr StoreEntryKey store_entry_key;

inline void destroy_store_entry(void *storage) {
  static_cast<StoreEntry *>(storage)->~StoreEntry();
}
inline void *same_address(void *storage) { return storage; }
inline constexpr StoredType store_entry_type{
    "isolation::detail::StoreEntry",
    sizeof(StoreEntry),
    alignof(StoreEntry),
    size_with_node(sizeof(StoreEntry), alignof(StoreEntry)),
    &destroy_store_entry,
    &same_address};

inline CheckedRegistry &registry() { return CheckedRegistry::instance(); }

inline std::uint64_t user_of(const RequestScope &scope) noexcept {
  return hashed(scope.ids().get(IdField::User));
}

inline void know(ObjectStore &store, StoreKind kind, const RequestScope &scope,
                 Place place) {
  SlotFilling filling(store, store_entry_type);
  if (filling.claim(store_entry_key))
    return;
  void *const entry =
      filling.fill([&](void *storage) { ::new (storage) StoreEntry(store); });
  registry().add(store, {kind, user_of(scope),
                         hashed(scope.ids().get(IdField::Request)), place,
                         std::chrono::steady_clock::now()});
  filling.publish(entry);
}

inline void request_begun(RequestScope &scope, Place place) {
  know(scope, StoreKind::Request, scope, place);
}

#if defined(__linux__)
struct Segments {
  std::uintptr_t wanted;
  bool found;
};
inline int look_into_module(dl_phdr_info *module, std::size_t, void *data) {
  auto &look = *static_cast<Segments *>(data);
  for (int i = 0; i != module->dlpi_phnum; ++i) {
    const auto &segment = module->dlpi_phdr[i];
    if (segment.p_type == PT_LOAD && (segment.p_flags & PF_W) != 0 &&
        look.wanted - (module->dlpi_addr + segment.p_vaddr) < segment.p_memsz)
      look.found = true;
  }
  return look.found;
}
/// Whether `memory` is a global: part of a loaded module's data.
inline bool in_static_storage(const void *memory) noexcept {
  Segments look{reinterpret_cast<std::uintptr_t>(memory), false};
  dl_iterate_phdr(&look_into_module, &look);
  return look.found;
}
#else
inline bool in_static_storage(const void *) noexcept { return false; }
#endif

inline void handle_made(const void *handle, const RequestScope &scope,
                        Place place) noexcept {
  registry().add_handle(handle, scope, user_of(scope), place);
  if (in_static_storage(handle)) {
    report_or_abort(
        {FaultKind::ContextInStaticStorage, {}, user_of(scope), 0, place, {}});
    return;
  }
  const auto found = registry().object_at(handle);
  if (!found || found->object.store == &scope)
    return;
  if (found->store.kind == StoreKind::Wide ||
      found->store.user != user_of(scope))
    report_or_abort({FaultKind::ContextInForeignObject, found->object.type,
                     user_of(scope), found->store.user, found->object.place,
                     place});
}
inline void handle_gone(const void *handle) noexcept {
  registry().remove_handle(handle);
}

/// `ambient` is the scope of the thread's innermost guard, and `guard` the
/// handle that it holds; null without a guard.
inline void slot_used(const RequestScope &scope, const RequestScope *ambient,
                      const void *guard, std::string_view type, Place place) {
  // Destructors look for their request's objects wherever its last handle went,
  // and cannot be thrown from. There is nothing else left to be found.
  if (scope.ended())
    return;
  if (ambient && ambient != &scope && user_of(*ambient) != user_of(scope))
    report({FaultKind::ContextOfAnotherUser, type, user_of(*ambient),
            user_of(scope), registry().handle_at(guard).place, place});
  // A factory that runs on this thread makes its object for one user.
  const Creation *const creation = innermost_creation;
  if (!creation || !creation->node)
    return;
  const auto outer = registry().object_at(creation->node->storage);
  if (outer && outer->store.user != user_of(scope))
    report({FaultKind::ObjectOfAnotherUser, type, user_of(scope),
            outer->store.user, outer->object.place, place});
}

/// `left` is the handle of the guard that is in force.
inline IsolationFault guard_left(const void *left) {
  const CheckedRegistry::Handle handle = registry().handle_at(left);
  return {FaultKind::AmbientContextLeft, {}, handle.user, 0, handle.place, {}};
}
/// The same, null if there is none.
inline void thread_idle(const void *left) noexcept {
  if (left)
    report_or_abort(guard_left(left));
}
/// Of a guard that does no harm any more.
inline void task_left(const void *left) noexcept {
  const IsolationFault fault = guard_left(left);
  if (const auto handler =
          isolation_fault_handler.load(std::memory_order_acquire))
    handler(fault);
  else
    report_fault(fault.text().c_str());
}

/// An object that was made elsewhere comes into a slot of `scope`.
inline void object_given(const RequestScope &scope, const void *object,
                         std::string_view type, Place place) {
  const auto found = registry().object_at(object);
  if (found && found->store.user != user_of(scope))
    report({FaultKind::ObjectOfAnotherUser, type, found->store.user,
            user_of(scope), found->object.place, place});
}

template <class T, class = void>
inline constexpr std::size_t known_size = 1; // where T is incomplete
template <class T>
inline constexpr std::size_t known_size<T, decltype(void(sizeof(T)))> =
    sizeof(T);

/// From when there is a smart pointer in `storage` until it is destroyed.
template <class Kept> void pointee_known(const void *storage) {
  const auto &pointer = *static_cast<const Kept *>(storage);
  using Pointee = std::remove_reference_t<decltype(*pointer)>;
  registry().add_pointee(
      storage,
      const_cast<const std::remove_cv_t<Pointee> *>(std::addressof(*pointer)),
      known_size<Pointee>);
}
inline void pointee_gone(const void *storage) noexcept {
  registry().remove_pointee(storage);
}

/// The memory of an object of `store`, from before it is built until it goes.
class Storage {
public:
  Storage(ObjectStore &store, const RequestScope &scope, const void *storage,
          std::size_t size, std::string_view type, Place place)
      : storage_(storage) {
    // Not before the entry is there, which must be older than any object.
    if (!store.find(store_entry_key))
      know(store, StoreKind::Wide, scope, place);
    registry().add_object(storage, size, store, type, place);
  }
  Storage(const Storage &) = delete;
  Storage &operator=(const Storage &) = delete;
  ~Storage() {
    if (storage_)
      registry().remove_object(storage_);
  }
  void keep() noexcept { storage_ = nullptr; }

private:
  const void *storage_; // null when the object stays
};
inline void storage_gone(const void *storage) noexcept {
  registry().remove_object(storage);
}

} // namespace checked
namespace checks = checked;

#else

namespace unchecked {

inline void request_begun(const RequestScope &) noexcept {}
inline void handle_made(const void *, const RequestScope &) noexcept {}
inline void handle_gone(const void *) noexcept {}
inline void thread_idle(const void *) noexcept {}
inline void object_given(const RequestScope &, const void *,
                         std::string_view) noexcept {}
template <class Kept> void pointee_known(const void *) noexcept {}
inline void pointee_gone(const void *) noexcept {}
struct Storage {
  Storage(ObjectStore &, const RequestScope &, const void *, std::size_t,
          std::string_view) noexcept {}
  void keep() noexcept {}
};
inline void storage_gone(const void *) noexcept {}

} // namespace unchecked
namespace checks = unchecked;

#endif

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_CHECKS_H
