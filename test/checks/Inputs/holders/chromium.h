// Imitates base::NoDestructor, base::LazyInstance and base::Singleton.
#pragma once
namespace base {
template <class T> class NoDestructor {
public:
  template <class... A> explicit NoDestructor(A &&...) {}
  T &operator*();
  T *operator->();
  T *get();
  const T &operator*() const;
  const T *operator->() const;
  const T *get() const;

private:
  alignas(T) char Storage[sizeof(T)];
};

template <class T> struct LazyInstanceTraitsBase {};
template <class T> struct DestructorAtExitLazyInstanceTraits {};
namespace internal {
template <class T> struct LeakyLazyInstanceTraits {};
} // namespace internal
template <class T, class Traits> class LazyInstance;
template <class T, class Traits = LazyInstanceTraitsBase<T>> class LazyInstance {
public:
  using Leaky = LazyInstance<T, internal::LeakyLazyInstanceTraits<T>>;
  using DestructorAtExit = LazyInstance<T, DestructorAtExitLazyInstanceTraits<T>>;
  T &Get() { return *Pointer(); }
  T *Pointer();
  bool IsCreated();
  long private_instance_;
};
#define LAZY_INSTANCE_INITIALIZER {}

template <class T> struct DefaultSingletonTraits {
  static T *New() { return new T(); }
};
template <class T, class Traits = DefaultSingletonTraits<T>, class Differentiating = T> class Singleton {
  friend T;
  static T *get();
};
} // namespace base
