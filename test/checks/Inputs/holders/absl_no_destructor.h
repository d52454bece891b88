// Imitates what matters of absl::NoDestructor, inline namespace included.
#pragma once
namespace absl {
inline namespace lts {
template <class T> class NoDestructor {
public:
  template <class... A> explicit NoDestructor(A &&...a) { new (Space) T(static_cast<A &&>(a)...); }
  NoDestructor(const NoDestructor &) = delete;
  T &operator*() { return *get(); }
  T *operator->() { return get(); }
  T *get() { return reinterpret_cast<T *>(Space); }
  const T &operator*() const { return *get(); }
  const T *operator->() const { return get(); }
  const T *get() const { return reinterpret_cast<const T *>(Space); }

private:
  void *operator new(decltype(sizeof 0), void *At) { return At; }
  alignas(T) unsigned char Space[sizeof(T)];
};
} // namespace lts
} // namespace absl
