// SlotFilling: claims a slot, and gives it back if nothing was put into it.
//
// Used by PerRequest only; here because it does not depend on the slot's type.
// The destructor is what makes an exception from a factory leave the slot empty
// for the next attempt.

#ifndef ISOLATION_DETAIL_SLOT_FILLING_H
#define ISOLATION_DETAIL_SLOT_FILLING_H

#include <isolation/detail/creation.h>
#include <isolation/detail/request_scope.h>

#include <cstddef>
#include <string_view>

namespace isolation::detail {

class SlotFilling {
public:
  SlotFilling(RequestScope &scope, const SlotKey &key, std::string_view type,
              std::size_t size, std::size_t alignment)
      : scope_(scope), creation_(type),
        claim_(scope.claim(key, creation_, size, alignment)) {}
  SlotFilling(const SlotFilling &) = delete;
  SlotFilling &operator=(const SlotFilling &) = delete;
  ~SlotFilling() {
    if (claim_.storage)
      scope_.abandon(*claim_.node, claim_.storage);
  }

  /// The object, when there was one already; else storage() is to be filled.
  [[nodiscard]] void *existing() const noexcept { return claim_.existing; }
  [[nodiscard]] void *storage() const noexcept { return claim_.storage; }

  void *publish(void *object, const StorageOps &ops) {
    if (void *shown =
            scope_.publish(*claim_.node, claim_.storage, object, ops)) {
      claim_.storage = nullptr;
      return shown;
    }
    ops.destroy(claim_.storage);
    RequestScope::raise_ended();
  }

private:
  RequestScope &scope_;
  Creation creation_; // before claim_, which refers to it
  RequestScope::Claim claim_;
};

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_SLOT_FILLING_H
