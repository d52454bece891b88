// A context's children and parents.
//
// Part of user_execution_context.h, which includes it.

#ifndef ISOLATION_DETAIL_CONTEXT_FAMILY_H
#define ISOLATION_DETAIL_CONTEXT_FAMILY_H

#include <isolation/user_execution_context.h>

#include <optional>
#include <string_view>

namespace isolation {

inline UserExecutionContext UserExecutionContext::child(
    std::string_view operation ISOLATION_PLACE_ARGUMENT) const {
  check_operation(operation);
  detail::ContextNode &made =
      *detail::ContextNode::make_child(node(), operation);
  made.scope->add_handle();
  return UserExecutionContext(made ISOLATION_PLACE);
}

inline UserExecutionContext UserExecutionContext::isolated_child(
    std::string_view operation ISOLATION_PLACE_ARGUMENT) const {
  check_operation(operation);
  const detail::RequestScope &outer = *node().scope;
  const UserExecutionContext made =
      begin_with(outer.source(), outer.ids().views() ISOLATION_PLACE);
  detail::RequestExtras &extras = made.node_->scope->need_extras();
  extras.operation = operation;
  if (outer.extras())
    extras.take_details_of(*outer.extras());
  node().add_user();
  node().scope->add_handle();
  extras.origin = node_.get();
  made.node_->depth = node().depth + 1;
  return made;
}

inline std::optional<UserExecutionContext>
UserExecutionContext::parent() const {
  detail::ContextNode *above = node().parent;
  if (const detail::RequestExtras *extras = node().scope->extras();
      !above && extras)
    above = extras->origin;
  if (!above)
    return std::nullopt;
  return another(*above);
}

inline std::string_view UserExecutionContext::operation() const {
  if (const detail::RequestExtras *extras = node().scope->extras();
      node().is_root() && extras)
    return extras->operation;
  return node().operation();
}

inline void
UserExecutionContext::check_operation(std::string_view operation) const {
  if (const std::string_view reason = detail::why_not_an_id(operation);
      !reason.empty())
    detail::raise(InvalidContextError("operation", reason));
  if (node().depth == max_depth)
    detail::raise(InvalidContextError("depth", "is more than 64"));
}

} // namespace isolation

#endif // ISOLATION_DETAIL_CONTEXT_FAMILY_H
