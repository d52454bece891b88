// ContextPointer: what a context handle is made of.
//
// Shape: two words, the context's node and the slots of its request. The second
// one could be had from the first, but every accessor of every object would
// have to wait for it; and a pointer to no context has slots to look into as
// well, which are empty, so that an accessor need not ask whether there are
// any.
//
// Ownership: none, the handle counts. Lifetime: the request's. Thread-safety:
// as an int's.

#ifndef ISOLATION_DETAIL_CONTEXT_POINTER_H
#define ISOLATION_DETAIL_CONTEXT_POINTER_H

#include <isolation/detail/config.h>
#include <isolation/detail/context_node.h>
#include <isolation/detail/request_scope.h>
#include <isolation/detail/slot_table.h>

#include <utility>

namespace isolation::detail {

/// What a handle that was moved from finds its objects in.
ISOLATION_PROCESS_WIDE ISOLATION_EXPORT inline const SlotTable no_slots;

class ContextPointer {
public:
  ContextPointer() noexcept = default;
  explicit ContextPointer(ContextNode &node) noexcept
      : node_(&node), slots_(&node.scope->slots()) {}

  [[nodiscard]] const SlotTable &slots() const noexcept { return *slots_; }

  explicit operator bool() const noexcept { return node_ != nullptr; }
  ContextNode *get() const noexcept { return node_; }
  ContextNode &operator*() const noexcept { return *node_; }
  ContextNode *operator->() const noexcept { return node_; }

  friend bool operator!=(const ContextPointer &a,
                         const ContextPointer &b) noexcept {
    return a.node_ != b.node_;
  }

private:
  ContextNode *node_ = nullptr;
  const SlotTable *slots_ = &no_slots;
};

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_CONTEXT_POINTER_H
