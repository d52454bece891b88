// ProcessContext: the context of a program where no request is being served.
//
// Example:
//
//   #include <isolation/ambient_context.h>
//   #include <iostream>
//
//   int main() {
//     isolation::ProcessContext process; // first in main, by one visible line
//     std::cout << isolation::current_context() << '\n';
//   }
//
// Shape: an object in main, or a static one; while it lives, current_context()
// outside every ContextGuard is its context, so that code bridged by the
// migration behaves as it did with singletons. At most one exists. Its identity
// is the program's, "process" in each id, or one that is given.
// Ownership: owns that context and ends it when it goes: the objects made in it
// are destroyed, newest first, as singletons would be after main.
// Thread-safety: current_context() may be called from any thread meanwhile.
// Errors: Error for a second one, InvalidContextError for a refused identity.

#ifndef ISOLATION_PROCESS_CONTEXT_H
#define ISOLATION_PROCESS_CONTEXT_H

#include <isolation/detail/spin_lock.h>
#include <isolation/error.h>
#include <isolation/user_execution_context.h>

#include <memory>
#include <mutex>
#include <optional>

namespace isolation {

class ISOLATION_ABI ProcessContext;

namespace detail {
/// The installed one. The lock also covers copying its context, so that no
/// thread copies from one that is going away.
struct InstalledProcessContext {
  SpinLock lock;
  const ProcessContext *context = nullptr; // guarded by lock
};
ISOLATION_PROCESS_WIDE ISOLATION_EXPORT inline InstalledProcessContext
    installed_process_context;
} // namespace detail

class [[nodiscard]] ProcessContext {
public:
  ProcessContext()
      : ProcessContext(Identity{"process", "process", "process", {}, {}}) {}
  explicit ProcessContext(const Identity &identity)
      : context_(
            new UserExecutionContext(UserExecutionContext::create(identity))) {
    bool taken = false;
    {
      const std::lock_guard<detail::SpinLock> lock(installed().lock);
      taken = installed().context != nullptr;
      if (!taken)
        installed().context = this;
    }
    if (taken)
      detail::raise(Error("a ProcessContext is installed already"));
  }
  ProcessContext(const ProcessContext &) = delete;
  ProcessContext &operator=(const ProcessContext &) = delete;

  /// The objects go first, while current_context() still answers: destructors
  /// of bridged code may need it, as they needed their singletons.
  ~ProcessContext() {
#if ISOLATION_EXCEPTIONS
    try {
      context_->end();
    } catch (...) {
      detail::report_fault("a destructor threw while the ProcessContext ended");
    }
#else
    context_->end();
#endif
    const std::lock_guard<detail::SpinLock> lock(installed().lock);
    installed().context = nullptr;
  }

  [[nodiscard]] const UserExecutionContext &context() const noexcept {
    return *context_;
  }

  /// The installed one's context, if there is one.
  [[nodiscard]] static std::optional<UserExecutionContext> current() noexcept {
    const std::lock_guard<detail::SpinLock> lock(installed().lock);
    if (!installed().context)
      return std::nullopt;
    return *installed().context->context_;
  }

private:
  static detail::InstalledProcessContext &installed() noexcept {
    return detail::installed_process_context;
  }

  // On the heap: in static storage, a context is taken for a fault.
  const std::unique_ptr<const UserExecutionContext> context_;
};

} // namespace isolation

#endif // ISOLATION_PROCESS_CONTEXT_H
