// ContextNode: what a context handle points to.
//
// A request's first context is its root node, part of the request's block and
// as long-lived. child() makes further nodes of the same request, each on the
// heap with its operation's name behind it, counted by all handles to it and by
// its own children.
//
// Two counts for a child's handles, and why: the request's count tells whether
// someone outside still needs the request; the node's own count tells when the
// node's memory can go. A handle inside one of the request's own objects is in
// the second count only.

#ifndef ISOLATION_DETAIL_CONTEXT_NODE_H
#define ISOLATION_DETAIL_CONTEXT_NODE_H

#include <isolation/detail/config.h>
#include <isolation/detail/context_forward.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <string_view>

namespace isolation::detail {

struct ContextNode {
  explicit ContextNode(RequestScope &owner) noexcept : scope(&owner) {}
  ContextNode(const ContextNode &) = delete;
  ContextNode &operator=(const ContextNode &) = delete;

  /// The caller owns one count of the new node.
  static ContextNode *make_child(ContextNode &parent,
                                 std::string_view operation) {
    void *memory = ::operator new(sizeof(ContextNode) + operation.size());
    auto *child = ::new (memory) ContextNode(*parent.scope);
    char *name = reinterpret_cast<char *>(child + 1);
    std::memcpy(name, operation.data(), operation.size());
    child->operation_size = static_cast<std::uint32_t>(operation.size());
    child->depth = parent.depth + 1;
    child->parent = &parent;
    parent.add_user();
    return child;
  }

  [[nodiscard]] bool is_root() const noexcept { return parent == nullptr; }

  void add_user() noexcept {
    if (!is_root())
      users.fetch_add(1, std::memory_order_relaxed);
  }

  void remove_user() noexcept {
    ContextNode *node = this;
    // A loop, because the last user of a child is one of its parent too.
    while (!node->is_root() &&
           node->users.fetch_sub(1, std::memory_order_acq_rel) == 1) {
      ContextNode *next = node->parent;
      node->~ContextNode();
      ::operator delete(node);
      node = next;
    }
  }

  [[nodiscard]] std::string_view operation() const noexcept {
    if (is_root())
      return {};
    return {reinterpret_cast<const char *>(this + 1), operation_size};
  }

  RequestScope *const scope;
  ContextNode *parent = nullptr;
  std::atomic<std::uint32_t> users{1}; // not used by a root
  std::uint32_t depth = 0;
  std::uint32_t operation_size = 0;
};

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_CONTEXT_NODE_H
