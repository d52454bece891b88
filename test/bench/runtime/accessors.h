// Accessors as programs have them: declared here, defined in another unit.

#ifndef ISOLATION_BENCH_ACCESSORS_H
#define ISOLATION_BENCH_ACCESSORS_H

#include "objects.h"

#include <isolation/user_execution_context.h>

namespace isolation_bench {

Object<0> &static_instance();
Object<0> &guarded_instance();
Object<5> &create_called(const isolation::UserExecutionContext &context);

} // namespace isolation_bench

#endif // ISOLATION_BENCH_ACCESSORS_H
