// Shared<T>: a pointer to one of several owners, counted in the object itself.
//
// What std::shared_ptr is, for the few types of this library's own that the
// main headers share: each type that a shared_ptr is made of takes longer to
// compile than this one for all of them.
//
// Thread-safety: as std::shared_ptr's. T derives from Counted.

#ifndef ISOLATION_DETAIL_SHARED_H
#define ISOLATION_DETAIL_SHARED_H

#include <atomic>

namespace isolation::detail {

class Counted {
public:
  Counted() noexcept = default;
  Counted(const Counted &) = delete;
  Counted &operator=(const Counted &) = delete;

  void add_owner() const noexcept {
    owners_.fetch_add(1, std::memory_order_relaxed);
  }
  /// Whether that was the last one.
  [[nodiscard]] bool remove_owner() const noexcept {
    return owners_.fetch_sub(1, std::memory_order_acq_rel) == 1;
  }

protected:
  ~Counted() = default;

private:
  mutable std::atomic<unsigned> owners_{0};
};

template <class T> class Shared {
public:
  Shared() noexcept = default;
  /// From new, or of other owners too. May be null.
  explicit Shared(T *object) noexcept : object_(object) {
    if (object_)
      object_->add_owner();
  }
  Shared(const Shared &other) noexcept : Shared(other.object_) {}
  Shared(Shared &&other) noexcept : object_(other.object_) {
    other.object_ = nullptr;
  }
  /// For copies and moves alike; what was there goes with `other`.
  Shared &operator=(Shared other) noexcept {
    T *const old = object_;
    object_ = other.object_;
    other.object_ = old;
    return *this;
  }
  ~Shared() {
    if (object_ && object_->remove_owner())
      delete object_;
  }

  [[nodiscard]] T *get() const noexcept { return object_; }
  T *operator->() const noexcept { return object_; }
  T &operator*() const noexcept { return *object_; }
  explicit operator bool() const noexcept { return object_ != nullptr; }

private:
  T *object_ = nullptr;
};

} // namespace isolation::detail

#endif // ISOLATION_DETAIL_SHARED_H
