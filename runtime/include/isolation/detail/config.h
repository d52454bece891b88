// What differs between compilers and build modes, in one place.
//
// Thread-safety: nothing here has state. Errors: none.

#ifndef ISOLATION_DETAIL_CONFIG_H
#define ISOLATION_DETAIL_CONFIG_H

// One copy of the runtime's few process-wide words must serve every shared
// library of a program, also those built with -fvisibility=hidden.
#if defined(__GNUC__)
#define ISOLATION_EXPORT __attribute__((visibility("default")))
#define ISOLATION_NOINLINE __attribute__((noinline))
#define ISOLATION_LIKELY(condition) (__builtin_expect(!!(condition), 1))
#else
#define ISOLATION_EXPORT
#define ISOLATION_NOINLINE
#define ISOLATION_LIKELY(condition) (condition)
#endif

// State that a process has once on purpose; unsingleton's rules read it.
#if defined(__clang__)
#define ISOLATION_PROCESS_WIDE [[clang::annotate("isolation::process_wide")]]
#define ISOLATION_LIFETIMEBOUND [[clang::lifetimebound]]
#else
#define ISOLATION_PROCESS_WIDE
#define ISOLATION_LIFETIMEBOUND
#endif

#if defined(__cpp_exceptions) || defined(_CPPUNWIND)
#define ISOLATION_EXCEPTIONS 1
#else
#define ISOLATION_EXCEPTIONS 0
#endif

#endif // ISOLATION_DETAIL_CONFIG_H
