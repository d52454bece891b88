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

// Whether isolation faults are looked for (isolation_fault.h).
#if !defined(ISOLATION_CHECKED)
#if defined(NDEBUG)
#define ISOLATION_CHECKED 0
#else
#define ISOLATION_CHECKED 1
#endif
#endif

#if defined(__cpp_exceptions) || defined(_CPPUNWIND)
#define ISOLATION_EXCEPTIONS 1
#else
#define ISOLATION_EXCEPTIONS 0
#endif

// Part of the symbol names of what is different in checked code, or in code
// that does not catch exceptions, so that units of a program that pass each
// other such things and disagree do not link, and others do not get each
// other's functions.
#if !defined(__GNUC__)
#define ISOLATION_ABI
#elif ISOLATION_CHECKED && !ISOLATION_EXCEPTIONS
#define ISOLATION_ABI                                                          \
  __attribute__((abi_tag("isolation_checked", "isolation_noexcept")))
#elif ISOLATION_CHECKED
#define ISOLATION_ABI __attribute__((abi_tag("isolation_checked")))
#elif !ISOLATION_EXCEPTIONS
#define ISOLATION_ABI __attribute__((abi_tag("isolation_noexcept")))
#else
#define ISOLATION_ABI
#endif

// Whether a lock may let its only user in without a locked instruction, see
// detail/scope_lock.h. Wants the kernel's help.
#if !defined(ISOLATION_BIASED_LOCK)
#if defined(__linux__)
#define ISOLATION_BIASED_LOCK 1
#else
#define ISOLATION_BIASED_LOCK 0
#endif
#endif

// Whether the compiler has vectors as a part of its language.
#if !defined(ISOLATION_VECTORS)
#if defined(__GNUC__)
#define ISOLATION_VECTORS 1
#else
#define ISOLATION_VECTORS 0
#endif
#endif

// AddressSanitizer sees a use of memory that was given back; memory that this
// library keeps for the next request would hide it.
#if defined(__SANITIZE_ADDRESS__)
#define ISOLATION_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ISOLATION_ASAN 1
#endif
#endif
#if !defined(ISOLATION_ASAN)
#define ISOLATION_ASAN 0
#endif

#endif // ISOLATION_DETAIL_CONFIG_H
