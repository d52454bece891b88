// UserExecutionContext's one forward declaration: its attributes must be on the
// first declaration that a unit sees.

#ifndef ISOLATION_DETAIL_CONTEXT_FORWARD_H
#define ISOLATION_DETAIL_CONTEXT_FORWARD_H

#include <isolation/detail/config.h>

namespace isolation {
class ISOLATION_EXPORT ISOLATION_ABI UserExecutionContext;
} // namespace isolation

#endif // ISOLATION_DETAIL_CONTEXT_FORWARD_H
