// UserExecutionContext: on whose behalf code runs, and that request's scope.
//
// Example:
//
//   #include <isolation/user_execution_context.h>
//   #include <iostream>
//   #include <thread>
//
//   void handle(const isolation::UserExecutionContext &user_context) {
//     std::cout << "serving " << user_context.user_id() << '\n';
//     // By value: the copy keeps the request alive for the thread.
//     std::thread worker([user_context] {
//       std::cout << user_context.child("index") << '\n';
//     });
//     worker.join();
//   }
//
//   int main() {
//     handle(isolation::UserExecutionContext::create(
//         isolation::Identity{"user-1", "thread-7", "run-3"}));
//   }
//
// Shape: a handle of one pointer to an immutable identity and to the request's
// objects (PerRequest). Pass it down as `const UserExecutionContext &`, which
// costs nothing; copy it where it must outlive the call, which costs one atomic
// increment (two for a child's context).
//
// Ownership and lifetime: the request lives until its last handle goes, or ends
// at end(). A handle that is a member of one of the request's own objects (as
// far as PerRequest built that object in place) does not count, or object and
// request would keep each other for ever; a handle that such an object keeps on
// the heap does, until end(). Views that accessors return live as long as the
// request. Children belong to the request they were made in.
//
// Thread-safety: different handles of one request may be used from any threads;
// one handle like an int. Ending a request while other threads use references
// to its objects is the caller's mistake, as it is for any owner.
//
// Errors: create() raises InvalidContextError; every use of a handle that was
// moved from raises RequestEndedError; allocation std::bad_alloc.

#ifndef ISOLATION_USER_EXECUTION_CONTEXT_H
#define ISOLATION_USER_EXECUTION_CONTEXT_H

#include <isolation/detail/config.h>
#include <isolation/detail/context_node.h>
#include <isolation/detail/id_field.h>
#include <isolation/detail/identity_validation.h>
#include <isolation/detail/request_id.h>
#include <isolation/detail/request_scope.h>
#include <isolation/fault_handler.h>
#include <isolation/identity.h>
#include <isolation/invalid_context_error.h>
#include <isolation/request_ended_error.h>

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string_view>
#include <utility>

namespace isolation {

namespace detail {
struct ContextAccess;
} // namespace detail

/// Which field of an Identity is refused, and why. Literals.
struct IdentityProblem {
  std::string_view field{};
  std::string_view reason{};
};

class ISOLATION_EXPORT UserExecutionContext {
public:
  /// child() goes no deeper: deeper is a loop, not a structure.
  static constexpr std::uint32_t max_depth = 64;

  /// Begins a request. Raises InvalidContextError.
  [[nodiscard]] static UserExecutionContext create(const Identity &identity) {
    const IdentityProblem problem = check(identity);
    if (!problem.reason.empty())
      detail::raise(InvalidContextError(problem.field, problem.reason));
    return begin(identity);
  }

  /// The same, with the refusal as a value.
  [[nodiscard]] static std::optional<UserExecutionContext>
  try_create(const Identity &identity, IdentityProblem *problem = nullptr) {
    const IdentityProblem found = check(identity);
    if (found.reason.empty())
      return begin(identity);
    if (problem)
      *problem = found;
    return std::nullopt;
  }

  UserExecutionContext(const UserExecutionContext &other) noexcept
      : node_(other.node_) {
    acquire();
    handed_on();
  }

  UserExecutionContext(UserExecutionContext &&other) noexcept
      : node_(other.node_) {
    // Whether a handle counts depends on where it lies.
    if (!node_)
      return;
    const bool counted = !node_->scope->contains(this);
    const bool other_counted = !node_->scope->contains(&other);
    if (counted && !other_counted)
      node_->scope->add_handle();
    detail::ContextNode *const left = std::exchange(other.node_, nullptr);
    handed_on();
    if (!counted && other_counted)
      left->scope->remove_handle();
  }

  UserExecutionContext &operator=(const UserExecutionContext &other) noexcept {
    if (node_ != other.node_) {
      // Released last: its request may be what `other` lives in.
      UserExecutionContext old(std::move(*this));
      node_ = other.node_;
      acquire();
      handed_on();
    }
    return *this;
  }

  UserExecutionContext &operator=(UserExecutionContext &&other) noexcept {
    if (this != &other) {
      UserExecutionContext old(std::move(*this));
      UserExecutionContext taken(std::move(other));
      node_ = taken.node_;
      acquire();
    }
    return *this;
  }

  ~UserExecutionContext() { release(); }

  [[nodiscard]] std::string_view user_id() const {
    return ids().get(detail::IdField::User);
  }
  /// The conversation's, not an operating system thread's.
  [[nodiscard]] std::string_view thread_id() const {
    return ids().get(detail::IdField::Thread);
  }
  [[nodiscard]] std::string_view run_id() const {
    return ids().get(detail::IdField::Run);
  }
  [[nodiscard]] std::string_view request_id() const {
    return ids().get(detail::IdField::Request);
  }
  [[nodiscard]] std::optional<std::string_view> websocket_client_id() const {
    const std::string_view id = ids().get(detail::IdField::Websocket);
    return id.empty() ? std::nullopt : std::optional<std::string_view>(id);
  }

  /// A context of the same request for one of its operations. Raises
  /// InvalidContextError for an operation no id could be, and past max_depth.
  [[nodiscard]] UserExecutionContext child(std::string_view operation) const {
    if (const std::string_view reason = detail::why_not_an_id(operation);
        !reason.empty())
      detail::raise(InvalidContextError("operation", reason));
    if (node().depth == max_depth)
      detail::raise(InvalidContextError("depth", "is more than 64"));
    detail::ContextNode &made =
        *detail::ContextNode::make_child(node(), operation);
    made.scope->add_handle();
    return UserExecutionContext(made);
  }

  /// The context that child() was called on; none for a request's first one.
  [[nodiscard]] std::optional<UserExecutionContext> parent() const {
    detail::ContextNode *const above = node().parent;
    if (!above)
      return std::nullopt;
    return another(*above);
  }
  [[nodiscard]] std::uint32_t depth() const { return node().depth; }
  /// Empty for a request's first context.
  [[nodiscard]] std::string_view operation() const {
    return node().operation();
  }

  [[nodiscard]] bool same_user(const UserExecutionContext &other) const {
    return user_id() == other.user_id();
  }
  [[nodiscard]] bool same_request(const UserExecutionContext &other) const {
    return node().scope == other.node().scope;
  }

  /// Ends the request now: destroys its objects, newest first; asking for one
  /// raises RequestEndedError from then on. Identity stays readable. An
  /// exception from a destructor leaves after all objects have been destroyed.
  void end() const { node().scope->end(); }
  [[nodiscard]] bool ended() const { return node().scope->ended(); }

  /// By identity: all five ids; depth and operation do not count.
  friend bool operator==(const UserExecutionContext &a,
                         const UserExecutionContext &b) {
    return a.node().scope == b.node().scope || a.ids() == b.ids();
  }
  friend bool operator!=(const UserExecutionContext &a,
                         const UserExecutionContext &b) {
    return !(a == b);
  }

  /// `{user="u" thread="t" run="r" request="q" operation="a/b"}`, with quotes
  /// and backslashes escaped, so that no id can pass for another field.
  template <class Traits>
  friend std::basic_ostream<char, Traits> &
  operator<<(std::basic_ostream<char, Traits> &out,
             const UserExecutionContext &context) {
    out << "{user=";
    write_quoted(out, context.user_id());
    out << " thread=";
    write_quoted(out, context.thread_id());
    out << " run=";
    write_quoted(out, context.run_id());
    out << " request=";
    write_quoted(out, context.request_id());
    if (const auto websocket = context.websocket_client_id()) {
      out << " websocket=";
      write_quoted(out, *websocket);
    }
    if (!context.node().is_root()) {
      out << " operation=\"";
      write_path(out, context.node());
      out << '"';
    }
    return out << '}';
  }

private:
  friend struct detail::ContextAccess;

  /// Takes over one count of the node, and one of the scope.
  explicit UserExecutionContext(detail::ContextNode &node) noexcept
      : node_(&node) {
    // What a factory returns by value may be built inside the arena.
    if (node.scope->contains(this))
      node.scope->remove_handle();
  }

  static UserExecutionContext another(detail::ContextNode &node) noexcept {
    node.add_user();
    node.scope->add_handle();
    return UserExecutionContext(node);
  }

  static UserExecutionContext begin(const Identity &identity) {
    detail::IdViews ids(identity);
    std::string_view &request =
        ids.text[static_cast<std::size_t>(detail::IdField::Request)];
    if (!request.empty())
      return UserExecutionContext(detail::RequestScope::begin(ids).root());
    const detail::RequestId generated;
    request = generated.view();
    return UserExecutionContext(detail::RequestScope::begin(ids).root());
  }

  static IdentityProblem check(const Identity &identity) noexcept {
    const IdText *const ids[detail::id_field_count] = {
        &identity.user_id, &identity.thread_id, &identity.run_id,
        &identity.request_id, &identity.websocket_client_id};
    for (std::size_t i = 0; i != detail::id_field_count; ++i)
      if (!ISOLATION_LIKELY(detail::is_plainly_an_id(ids[i]->view())))
        if (const IdentityProblem problem = check(i, *ids[i]);
            !problem.reason.empty())
          return problem;
    return {};
  }

  ISOLATION_NOINLINE static IdentityProblem check(std::size_t field,
                                                  const IdText &id) noexcept {
    constexpr auto request = static_cast<std::size_t>(detail::IdField::Request);
    if (!id.given())
      return field < request
                 ? IdentityProblem{detail::id_field_name(field), "is missing"}
                 : IdentityProblem{};
    if (field == request && id.view().empty())
      return {};
    return {detail::id_field_name(field), detail::why_not_an_id(id.view())};
  }

  [[nodiscard]] detail::ContextNode &node() const {
    if (!ISOLATION_LIKELY(node_ != nullptr))
      raise_moved_from();
    return *node_;
  }
  [[nodiscard]] const detail::PackedIds &ids() const {
    return node().scope->ids();
  }

  [[noreturn]] ISOLATION_NOINLINE static void raise_moved_from() {
    detail::raise(RequestEndedError("this context was moved from"));
  }

  void acquire() noexcept {
    if (!node_)
      return;
    node_->add_user();
    if (!node_->scope->contains(this))
      node_->scope->add_handle();
  }

  /// A handle in a new place may be on its way to another thread. One in the
  /// request's own objects goes nowhere; and what stays on the thread for sure
  /// (a guard, a child) is made by the constructor above instead.
  void handed_on() noexcept {
    if (node_ && !node_->scope->contains(this))
      node_->scope->share();
  }

  void release() noexcept {
    if (!node_)
      return;
    detail::RequestScope &scope = *node_->scope;
    const bool counted = !scope.contains(this);
    node_->remove_user();
    if (counted)
      scope.remove_handle();
  }

  template <class Out>
  static void write_escaped(Out &out, std::string_view text) {
    for (const char c : text) {
      if (c == '"' || c == '\\')
        out << '\\';
      out << c;
    }
  }
  template <class Out>
  static void write_quoted(Out &out, std::string_view text) {
    out << '"';
    write_escaped(out, text);
    out << '"';
  }
  template <class Out>
  static void write_path(Out &out, const detail::ContextNode &node) {
    if (!node.parent->is_root()) {
      write_path(out, *node.parent);
      out << '/';
    }
    write_escaped(out, node.operation());
  }

  detail::ContextNode *node_; // null after a move
};

namespace detail {

/// The way from a context to its scope for the rest of this library.
struct ContextAccess {
  static RequestScope &scope(const UserExecutionContext &context) {
    return *context.node().scope;
  }

  /// A copy that will not leave the thread, see ScopeLock.
  static UserExecutionContext
  copy_for_this_thread(const UserExecutionContext &context) {
    return UserExecutionContext::another(context.node());
  }
};

} // namespace detail
} // namespace isolation

#endif // ISOLATION_USER_EXECUTION_CONTEXT_H
