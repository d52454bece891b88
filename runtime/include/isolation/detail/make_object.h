// make_object: from an empty slot to its object, the part of get_or_create()
// that is the same for all types.
//
// One function for all slots, which calls a small one of the slot's: what every
// slot had for itself would not fit the instruction cache.
//
// Thread-safety: any thread. Errors: RequestEndedError, CreationCycleError, and
// what the factory throws; the slot is then as it was.

#ifndef ISOLATION_DETAIL_MAKE_OBJECT_H
#define ISOLATION_DETAIL_MAKE_OBJECT_H

#include <isolation/detail/config.h>
#include <isolation/detail/creation.h>
#include <isolation/detail/object_store.h>
#include <isolation/detail/running_factory.h>
#include <isolation/user_execution_context.h>

namespace isolation::detail {

/// Builds an object in `storage` by the factory; returns it as the slot's T.
using Build = void *(*)(void *storage, const UserExecutionContext &context,
                        void *factory);

/// Runs `build` in a claimed slot; if it throws, calls `abandon`, which is to
/// make the slot empty for the next attempt.
template <class Abandon>
void *build_claimed(const UserExecutionContext &context, Build build,
                    void *factory, Creation &creation, Abandon abandon) {
#if ISOLATION_EXCEPTIONS
  // Not a destructor's work: it would have to ask whether there is any.
  try {
    return build(creation.node->storage, context, factory);
  } catch (...) {
    abandon();
    throw;
  }
#else
  static_cast<void>(abandon);
  return build(creation.node->storage, context, factory);
#endif
}

/// By this factory, whatever stands in the place of the slot's own.
inline void *make_object_by(ObjectStore &scope,
                            const UserExecutionContext &context,
                            const SlotKey &key, const StoredType &type,
                            Build build, void *factory) {
  RunningFactory running(ContextAccess::scope(context));
  Creation creation;
  void *object = scope.claim(key, type, creation);
  if (!object)
    object = scope.publish(creation,
                           build_claimed(context, build, factory, creation,
                                         [&] { scope.abandon(creation); }));
  running.expect_request_goes_on();
  return object;
}

/// After claim_as_owner(): where there is an owner, it is a request's scope.
ISOLATION_NOINLINE inline void *publish_late(ObjectStore &scope,
                                             Creation &creation, void *object) {
  auto running = RunningFactory::that_may_have_the_handle(
      static_cast<RequestScope &>(scope));
  object = scope.publish(creation, object);
  running.expect_request_goes_on();
  return object;
}
ISOLATION_NOINLINE inline void abandon_late(ObjectStore &scope,
                                            Creation &creation) noexcept {
  const auto running = RunningFactory::that_may_have_the_handle(
      static_cast<RequestScope &>(scope));
  scope.abandon(creation);
}

/// In whatever state scope and slot are.
ISOLATION_NOINLINE inline void *
make_object_at_length(ObjectStore &scope, const UserExecutionContext &context,
                      const SlotKey &key, const StoredType &type, Build build,
                      void *factory) {
  if (void *existing = scope.find(key))
    return existing;
  const RequestScope &request = ContextAccess::scope(context);
  if (request.factories_overridden())
    if (const auto other = request.factory_for(key))
      return other->create(scope, context);
  return make_object_by(scope, context, key, type, build, factory);
}

/// What the slot shows, made by `build` if that is nothing. All that it is
/// given fits registers, and the usual case is done in here without keeping
/// any of it: what it stores is what it takes.
ISOLATION_NOINLINE inline void *make_object(ObjectStore &scope,
                                            const UserExecutionContext &context,
                                            const SlotKey &key,
                                            const StoredType &type, Build build,
                                            void *factory) {
  Creation creation;
  if (!ISOLATION_LIKELY(scope.claim_as_owner(key, type, creation)))
    return make_object_at_length(scope, context, key, type, build, factory);
  void *const object = build_claimed(context, build, factory, creation,
                                     [&] { abandon_late(scope, creation); });
  if (!ISOLATION_LIKELY(scope.publish_as_owner(creation, object)))
    return publish_late(scope, creation, object);
  return object;
}

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_MAKE_OBJECT_H
