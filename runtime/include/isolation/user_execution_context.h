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
// Shape: a handle of two words that point to an immutable identity and to the
// request's objects (PerRequest). Pass it down as `const UserExecutionContext
// &`, which costs nothing; copy it where it must outlive the call, which costs
// one atomic increment (two for a child's context).
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

#include <isolation/detail/checks.h>
#include <isolation/detail/config.h>
#include <isolation/detail/context_forward.h>
#include <isolation/detail/context_node.h>
#include <isolation/detail/context_pointer.h>
#include <isolation/detail/id_field.h>
#include <isolation/detail/identity_check.h>
#include <isolation/detail/place.h>
#include <isolation/detail/request_id.h>
#include <isolation/detail/request_scope.h>
#include <isolation/fault_handler.h>
#include <isolation/identity.h>
#include <isolation/identity_rules.h>
#include <isolation/invalid_context_error.h>
#include <isolation/request_ended_error.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

namespace isolation {

template <class T> class MetadataKey;

namespace detail {
struct ContextAccess;
} // namespace detail

class UserExecutionContext {
public:
  /// child() goes no deeper: deeper is a loop, not a structure.
  static constexpr std::uint32_t max_depth = 64;

  /// Begins a request. Raises InvalidContextError. The forms with details want
  /// <isolation/request_details.h>, as does what reads them: templates, so that
  /// other units do not compile any of it.
  [[nodiscard]] static UserExecutionContext
  create(const Identity &identity ISOLATION_PLACE_PARAMETER) {
    return create_in(nullptr, identity, IdentityRules() ISOLATION_PLACE);
  }
  template <class Details = RequestDetails>
  [[nodiscard]] static UserExecutionContext
  create(const Identity &identity, const Details &details,
         const IdentityRules &rules = IdentityRules()
             ISOLATION_PLACE_PARAMETER) {
    UserExecutionContext made =
        create_in(nullptr, identity, rules ISOLATION_PLACE);
    made.add(details);
    return made;
  }

  /// The same, with the refusal as a value.
  [[nodiscard]] static std::optional<UserExecutionContext>
  try_create(const Identity &identity,
             IdentityProblem *problem = nullptr ISOLATION_PLACE_PARAMETER) {
    return try_create_in(nullptr, identity, problem,
                         IdentityRules() ISOLATION_PLACE);
  }
  template <class Details = RequestDetails>
  [[nodiscard]] static std::optional<UserExecutionContext>
  try_create(const Identity &identity, IdentityProblem *problem,
             const Details &details,
             const IdentityRules &rules = IdentityRules()
                 ISOLATION_PLACE_PARAMETER) {
    auto made =
        try_create_in(nullptr, identity, problem, rules ISOLATION_PLACE);
    if (made)
      made->add(details);
    return made;
  }

  UserExecutionContext(
      const UserExecutionContext &other ISOLATION_PLACE_PARAMETER) noexcept
      : node_(other.node_) {
    acquire();
    handed_on();
    note_made(ISOLATION_ONLY_PLACE);
  }

  UserExecutionContext(
      UserExecutionContext &&other ISOLATION_PLACE_PARAMETER) noexcept
      : node_(other.node_) {
    // Whether a handle counts depends on where it lies.
    if (!node_)
      return;
    const bool counted = !node_->scope->contains(this);
    const bool other_counted = !node_->scope->contains(&other);
    if (counted && !other_counted)
      node_->scope->add_handle();
    const detail::ContextPointer left =
        std::exchange(other.node_, detail::ContextPointer());
    handed_on();
    detail::checks::handle_gone(&other);
    note_made(ISOLATION_ONLY_PLACE);
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
      note_made();
    }
    return *this;
  }

  UserExecutionContext &operator=(UserExecutionContext &&other) noexcept {
    if (this != &other) {
      UserExecutionContext old(std::move(*this));
      UserExecutionContext taken(std::move(other));
      node_ = taken.node_;
      acquire();
      note_made();
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
  [[nodiscard]] UserExecutionContext
  child(std::string_view operation ISOLATION_PLACE_PARAMETER) const;

  /// A context for an operation that must not share objects with this one: of
  /// the same identity, but a request scope of its own. Keeps this request.
  [[nodiscard]] UserExecutionContext
  isolated_child(std::string_view operation ISOLATION_PLACE_PARAMETER) const;

  /// The context that child() or isolated_child() was called on; none for a
  /// request's first one.
  [[nodiscard]] std::optional<UserExecutionContext> parent() const;
  [[nodiscard]] std::uint32_t depth() const { return node().depth; }
  /// Empty for a request's first context.
  [[nodiscard]] std::string_view operation() const;

  /// Null when the request was begun without.
  [[nodiscard]] const RequestDetails *details() const {
    const detail::RequestExtras *extras = node().scope->extras();
    return extras ? extras->details.get() : nullptr;
  }
  /// Null when there is none under that key.
  template <class T, class Details = RequestDetails>
  [[nodiscard]] const T *metadata(const MetadataKey<T> &key) const {
    const Details *const given = details();
    return given ? given->metadata.get(key) : nullptr;
  }
  /// std::optional of a time on the system's clock.
  template <class Details = RequestDetails>
  [[nodiscard]] auto created_at() const {
    const Details *const given = details();
    return given ? given->created_at : decltype(Details::created_at)();
  }
  /// std::optional of a time on the steady clock.
  template <class Details = RequestDetails>
  [[nodiscard]] auto deadline() const {
    const Details *const given = details();
    return given ? given->deadline : decltype(Details::deadline)();
  }
  /// Whether the deadline, if there is one, has passed.
  template <class Details = RequestDetails> [[nodiscard]] bool expired() const {
    const Details *const given = details();
    return given && given->expired();
  }
  template <class Details = RequestDetails>
  [[nodiscard]] bool cancelled() const {
    const Details *const given = details();
    return given && given->cancellation.requested();
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

private:
  friend struct detail::ContextAccess;

  /// Takes over one count of the node, and one of the scope.
  explicit UserExecutionContext(
      detail::ContextNode &node ISOLATION_PLACE_PARAMETER) noexcept
      : node_(node) {
    note_made(ISOLATION_ONLY_PLACE);
    // What a factory returns by value may be built inside the arena.
    if (node.scope->contains(this))
      node.scope->remove_handle();
  }

  /// The first handle of a request, in whose memory it cannot lie.
  explicit UserExecutionContext(
      detail::RequestScope &begun ISOLATION_PLACE_PARAMETER) noexcept
      : node_(begun.root()) {
    note_made(ISOLATION_ONLY_PLACE);
  }

  static UserExecutionContext
  another(detail::ContextNode &node ISOLATION_PLACE_PARAMETER) noexcept {
    node.add_user();
    node.scope->add_handle();
    return UserExecutionContext(node ISOLATION_PLACE);
  }

  static UserExecutionContext
  create_in(detail::ScopeSource *source, const Identity &identity,
            const IdentityRules &rules ISOLATION_PLACE_PARAMETER) {
    if (detail::RequestScope *const scope =
            begin_plain(source, identity, rules);
        ISOLATION_LIKELY(scope != nullptr))
      return begun(*scope ISOLATION_PLACE);
    return create_at_length(source, identity, rules ISOLATION_PLACE);
  }
  static UserExecutionContext
  create_at_length(detail::ScopeSource *source, const Identity &identity,
                   const IdentityRules &rules ISOLATION_PLACE_PARAMETER);

  static std::optional<UserExecutionContext>
  try_create_in(detail::ScopeSource *source, const Identity &identity,
                IdentityProblem *problem,
                const IdentityRules &rules ISOLATION_PLACE_PARAMETER);

  /// Null unless nothing is in doubt.
  static detail::RequestScope *begin_plain(detail::ScopeSource *source,
                                           const Identity &identity,
                                           const IdentityRules &rules) {
    return ISOLATION_LIKELY(rules.empty())
               ? detail::RequestScope::begin_plain(identity, source)
               : nullptr;
  }

  static UserExecutionContext
  begin_checked(detail::ScopeSource *source,
                const Identity &identity ISOLATION_PLACE_PARAMETER);
  static UserExecutionContext
  begin_with(detail::ScopeSource *source,
             const detail::IdViews &ids ISOLATION_PLACE_PARAMETER) {
    return begun(detail::RequestScope::begin(ids, source) ISOLATION_PLACE);
  }
  static UserExecutionContext
  begun(detail::RequestScope &scope ISOLATION_PLACE_PARAMETER) {
    detail::checks::request_begun(scope ISOLATION_PLACE);
    return UserExecutionContext(scope ISOLATION_PLACE);
  }

  /// Before anybody else knows of the request.
  template <class Details> void add(const Details &details) const {
    detail::RequestExtras &extras = node_->scope->need_extras();
    extras.details = std::make_shared<const Details>(details);
    extras.append_details = &Details::append;
  }

  void check_operation(std::string_view operation) const;

  [[nodiscard]] detail::ContextNode &node() const {
    if (!ISOLATION_LIKELY(bool(node_)))
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

#if ISOLATION_CHECKED
  void note_made(detail::Place place = detail::Place()) const noexcept {
    if (node_)
      detail::checks::handle_made(this, *node_->scope, place);
  }
#else
  void note_made() const noexcept {}
#endif

  void release() noexcept {
    if (!node_)
      return;
    detail::checks::handle_gone(this);
    detail::RequestScope &scope = *node_->scope;
    const bool counted = !scope.contains(this);
    node_->remove_user();
    if (counted)
      scope.remove_handle();
  }

  detail::ContextPointer node_; // to nothing after a move
};

} // namespace isolation

#include <isolation/detail/context_access.h>
#include <isolation/detail/context_beginning.h>
#include <isolation/detail/context_family.h>

#endif // ISOLATION_USER_EXECUTION_CONTEXT_H
