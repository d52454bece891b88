// The one forward declaration of each class that has attributes: they must be
// on the first declaration that a unit sees.

#ifndef ISOLATION_DETAIL_CONTEXT_FORWARD_H
#define ISOLATION_DETAIL_CONTEXT_FORWARD_H

#include <isolation/detail/config.h>

namespace isolation {

class ISOLATION_EXPORT ISOLATION_ABI UserExecutionContext;
class ISOLATION_ABI Domain;

namespace detail {
class ISOLATION_ABI ObjectStore;
class ISOLATION_ABI RequestScope;
} // namespace detail

} // namespace isolation

#endif // ISOLATION_DETAIL_CONTEXT_FORWARD_H
