// PerRequest<T>: the key to one object of type T in each request.
//
// Example:
//
//   #include <isolation/per_request.h>
//   #include <string>
//
//   class AgentFactory {
//   public:
//     // What used to be `static AgentFactory &instance();`
//     static AgentFactory &
//     create(const isolation::UserExecutionContext &user_context) {
//       static constexpr isolation::PerRequest<AgentFactory> slot;
//       return slot.get_or_create(user_context, [&] {
//         return AgentFactory(user_context);
//       });
//     }
//     std::string owner() const { return std::string(context_.user_id()); }
//
//   private:
//     explicit AgentFactory(const isolation::UserExecutionContext &context)
//         : context_(context) {}
//     isolation::UserExecutionContext context_;
//   };
//
// Shape: an immutable key whose address is its identity; constant-initialised,
// so it can be used before main. Declare it `static constexpr` in a function or
// in the class T itself (which may be incomplete there), `inline constexpr` at
// namespace scope in a header. A factory returns
//   - a T, or an object of a class derived from T: built in place, no move or
//     copy, and by the caller's access rights (private constructors);
//   - a std::unique_ptr or std::shared_ptr to one: kept, the slot is *pointer;
// and takes nothing, or the context. T may be an array, which is made of
// nothing, without a factory. For a T with a private destructor write
// `friend class isolation::PerRequest<T>;`.
//
// Ownership and lifetime: the request owns the object. Objects are destroyed in
// the reverse order in which their creation was completed, when the request's
// last handle goes or at end(). References stay valid until then, or until
// set() or reset() of the same slot; pointers from share() until they go.
//
// Thread-safety: everything may be called from any thread. A factory runs once
// per request however many threads ask, and without a lock: other slots can be
// created meanwhile, and by the factory itself. The objects' own methods are
// their own business.
//
// Errors: RequestEndedError after the end, and where the request's last handle
// went in the factory (do not move it into the object); CreationCycleError,
// instead of a deadlock, when the object is needed to create itself, over any
// number of threads that wait for each other in get_or_create (a factory that
// blocks on other work of its own, such as joining a thread, cannot be seen
// through); Error for a null pointer from a factory; whatever the factory
// throws, and the slot is empty again.

#ifndef ISOLATION_PER_REQUEST_H
#define ISOLATION_PER_REQUEST_H

#include <isolation/detail/scope_hold.h>
#include <isolation/detail/slot.h>
#include <isolation/user_execution_context.h>

#include <new>
#include <type_traits>

namespace isolation {

namespace detail {
struct OfRequest {
  using Hold = RequestHold;
  using ChangeHold = CountedHold;
  static ObjectStore &store(const UserExecutionContext &context) {
    return ContextAccess::scope(context);
  }
  static const SlotTable &slots(const UserExecutionContext &context) noexcept {
    return ContextAccess::slots(context);
  }
};
} // namespace detail

template <class T>
class ISOLATION_EXPORT PerRequest
    : public detail::Slot<PerRequest<T>, T, detail::OfRequest> {
  static_assert(!std::is_reference_v<T> && !std::is_void_v<T>,
                "isolation: PerRequest<T> holds objects; T must be an object "
                "type");

public:
  // Not defaulted: `constexpr PerRequest<T> slot;` needs one written out.
  constexpr PerRequest() noexcept {}

private:
  friend detail::Slot<PerRequest, T, detail::OfRequest>;

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

#endif // ISOLATION_PER_REQUEST_H
