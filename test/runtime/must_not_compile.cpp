// Mistakes that the compiler must refuse, each with the text it must say.
// must_not_compile.py compiles the file once without any case, which must
// succeed, and once with each.

#include <isolation/isolation.h>

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

using isolation::PerRequest;
using isolation::UserExecutionContext;

struct Base {
  virtual ~Base() = default;
};
struct Derived : Base {};
struct Unrelated {};
struct Hidden : private Base {};

inline constexpr PerRequest<Base> base;
inline constexpr PerRequest<std::string> text;

void use(const UserExecutionContext &context) {
  base.get_or_create(context, [] { return Derived(); });

#ifdef RAW_POINTER // error: isolation: a raw pointer does not say who deletes
  base.get_or_create(context, [] { return new Derived; });
#endif
#ifdef RAW_POINTER_SET // error: isolation: a raw pointer does not say who
                       // deletes
  base.set(context, new Derived);
#endif
#ifdef REFERENCE // error: isolation: a reference would share an object
  static Derived shared;
  base.get_or_create(context, []() -> Derived & { return shared; });
#endif
#ifdef UNRELATED // error: isolation: the slot's type is neither the returned
                 // type
  base.get_or_create(context, [] { return Unrelated(); });
#endif
#ifdef UNRELATED_POINTER // error: isolation: the slot's type is neither the
                         // returned type
  base.get_or_create(context, [] { return std::make_unique<Unrelated>(); });
#endif
#ifdef PRIVATE_BASE // error: isolation: the slot's type is neither the returned
                    // type
  base.get_or_create(context, [] { return Hidden(); });
#endif
#ifdef CONVERSION // error: isolation: the slot's type is neither the returned
                  // type
  text.get_or_create(context, [] { return "a literal"; });
#endif
#ifdef REFERENCE_SLOT // error: isolation: PerRequest<T> holds objects
  static constexpr PerRequest<int &> slot;
  (void)slot;
#endif
#ifdef COPIED_KEY // error: delete
  auto copy = base;
  (void)copy;
#endif
#ifdef NO_CONTEXT // error: no matching
  base.get_or_create([] { return Derived(); });
#endif
#ifdef HEAP_GUARD // error: delete
  auto guard = std::make_unique<isolation::ContextGuard>(context);
#endif
#ifdef COPIED_GUARD // error: delete
  isolation::ContextGuard guard(context);
  auto copy = guard;
#endif
#ifdef SHARED_CONTEXT // error: isolation: a context is one user's
  static isolation::ProcessWide<UserExecutionContext> shared(context);
#endif
#ifdef SHARED_OPTIONAL_CONTEXT // error: isolation: a context is one user's
  static isolation::ProcessWide<std::optional<UserExecutionContext>> shared;
#endif
#ifdef SHARED_MAP_OF_CONTEXTS // error: isolation: a context is one user's
  static isolation::ProcessWide<isolation::Synchronised<
      std::map<std::string, std::vector<UserExecutionContext>>>>
      shared;
#endif
#ifdef SHARED_ARRAY_OF_CONTEXTS // error: isolation: a context is one user's
  static isolation::ProcessWide<
      std::array<const std::shared_ptr<const UserExecutionContext>, 2>>
      shared;
#endif
#ifdef SHARED_BOUND_FUNCTION // error: isolation: a context is one user's
  static isolation::ProcessWide<isolation::BoundFunction<void (*)()>> shared(
      isolation::bind(context, +[] {}));
#endif
#ifdef SHARED_BOUND_FUNCTIONS // error: isolation: a context is one user's
  static isolation::ProcessWide<isolation::Synchronised<
      std::vector<isolation::BoundFunction<void (*)()>>>>
      shared;
#endif
#ifdef SHARED_CONTEXT_EXECUTOR // error: isolation: a context is one user's
  struct Inline {
    void execute(void (*function)()) const { function(); }
  };
  static isolation::ProcessWide<isolation::ContextExecutor<Inline>> shared(
      isolation::with_context(Inline(), context));
#endif
#ifdef DOMAIN_MUTABLE_FACTORY // error: isolation: a domain's requests call its
                              // factory
  isolation::Domain domain;
  const auto guard = text.override_factory(
      domain, [n = 0]() mutable { return std::to_string(++n); });
#endif
#ifdef USER_KEEPS_CONTEXT // error: isolation: a user's state must not keep
  static constexpr isolation::PerUser<UserExecutionContext> slot;
  (void)slot.peek(context);
#endif
#ifdef USER_REFERENCE // error: isolation: PerUser<T> holds objects
  static constexpr isolation::PerUser<int &> slot;
  (void)slot;
#endif
#ifdef FACTORY_OVERRIDE // error: isolation: a raw pointer does not say who
  auto guard = base.override_factory(context, [] { return new Derived; });
#endif
#ifdef METADATA_REFERENCE // error: isolation: MetadataKey<T> names values
  static constexpr isolation::MetadataKey<int &> key{"key"};
  (void)key;
#endif
#ifdef METADATA_OF_ANOTHER_TYPE // error: no matching
  static constexpr isolation::MetadataKey<int> key{"key"};
  isolation::Metadata metadata;
  metadata.set(key, "text");
#endif
#ifdef DEFAULT_CONTEXT // error: no matching
  UserExecutionContext nobody;
#endif
}
