// PerConversation<T>: the key to one object of type T for each conversation.
//
// Example:
//
//   #include <isolation/domain.h>
//   #include <isolation/per_conversation.h>
//
//   struct Runs { int active = 0; };
//   inline constexpr isolation::PerConversation<Runs> runs;
//
//   int begin_run(isolation::Domain &domain,
//                 const isolation::Identity &identity) {
//     const auto context = domain.begin(identity);
//     return ++runs.get_or_create(context, [] { return Runs(); }).active;
//   }
//
// Shape: PerRequest's interface, see there; the object is shared by all
// requests of the conversation, at the same time and one after the other, and
// nobody else sees it. A conversation is a user's thread_id: the same
// thread_id of another user is another conversation.
//
// Ownership and lifetime: the Domain owns it; it stays while a request that
// has used it lives, and after that within the domain's limits. It must not
// keep a context, which would keep a request, and so itself, for ever.
// Thread-safety: as PerRequest; but requests meet in the object, so its own
// methods must be ready for that.
// Errors: as PerRequest; NoDomainError for a context that was begun without a
// Domain.

#ifndef ISOLATION_PER_CONVERSATION_H
#define ISOLATION_PER_CONVERSATION_H

#include <isolation/detail/scope_hold.h>
#include <isolation/detail/slot.h>
#include <isolation/user_execution_context.h>

#include <new>
#include <type_traits>

namespace isolation {

namespace detail {
struct OfConversation : InWideScope<WideScopeKind::Conversation> {};
} // namespace detail

template <class T>
class ISOLATION_EXPORT PerConversation
    : public detail::Slot<PerConversation<T>, T, detail::OfConversation> {
  static_assert(
      !std::is_reference_v<T> && !std::is_void_v<T>,
      "isolation: PerConversation<T> holds objects; T must be an object type");
  static_assert(
      !std::is_same_v<std::remove_cv_t<T>, UserExecutionContext>,
      "isolation: a conversation's state must not keep a request's context");

public:
  // Not defaulted: `constexpr PerConversation<T> slot;` needs one written out.
  constexpr PerConversation() noexcept {}

private:
  friend detail::Slot<PerConversation, T, detail::OfConversation>;

  // Members, so that a friend declaration reaches private destructors.
  template <class Kept, class Factory>
  static void construct(void *storage, Factory &factory,
                        const UserExecutionContext &context) {
    // The call's result is the object itself (guaranteed elision).
    if constexpr (std::is_invocable_v<Factory &, const UserExecutionContext &>)
      ::new (storage) Kept(factory(context));
    else
      ::new (storage) Kept(factory());
  }
  template <class Kept> static void destroy(void *storage) {
    static_cast<Kept *>(storage)->~Kept();
    detail::mark_destroyed(storage, sizeof(Kept));
  }
};

} // namespace isolation

#endif // ISOLATION_PER_CONVERSATION_H
