// SlotFilling: claims a slot, and gives it back if nothing was put into it.
//
// For what this library itself keeps in a scope; slots use make_object().

#ifndef ISOLATION_DETAIL_SLOT_FILLING_H
#define ISOLATION_DETAIL_SLOT_FILLING_H

#include <isolation/detail/config.h>
#include <isolation/detail/creation.h>
#include <isolation/detail/object_store.h>

namespace isolation::detail {

class ISOLATION_ABI SlotFilling {
public:
  SlotFilling(ObjectStore &scope, const StoredType &type) noexcept
      : scope_(scope), type_(type) {}
  SlotFilling(const SlotFilling &) = delete;
  SlotFilling &operator=(const SlotFilling &) = delete;

  /// The object, when there is one already; else storage is to be filled.
  void *claim(const SlotKey &key) {
    return scope_.claim(key, type_, creation_);
  }

  /// Runs `build` on the storage, and returns that; if it throws, the slot is
  /// empty for the next attempt.
  template <class Build> void *fill(Build build) {
    void *const storage = creation_.node->storage;
#if ISOLATION_EXCEPTIONS
    // Not a destructor's work: it would have to ask whether there is any.
    try {
      build(storage);
    } catch (...) {
      scope_.abandon(creation_);
      throw;
    }
#else
    build(storage);
#endif
    return storage;
  }

  /// Shows what was built, or what hides it (a TestOverride).
  void *publish(void *object) { return scope_.publish(creation_, object); }

private:
  ObjectStore &scope_;
  const StoredType &type_;
  Creation creation_;
};

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_SLOT_FILLING_H
