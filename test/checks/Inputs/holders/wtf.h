// Imitates WebKit's NeverDestroyed and LazyNeverDestroyed.
#pragma once
namespace WTF {
struct AnyThreadsAccessTraits {};
struct MainThreadAccessTraits {};
template <class T, class Access = AnyThreadsAccessTraits> class NeverDestroyed {
public:
  template <class... A> NeverDestroyed(A &&...) {}
  operator T &();
  T &get();
  T *operator->();
  operator const T &() const;
  const T &get() const;
  const T *operator->() const;
};
template <class T, class Access = AnyThreadsAccessTraits> class LazyNeverDestroyed {
public:
  LazyNeverDestroyed() = default;
  template <class... A> void construct(A &&...) {}
  operator T &();
  T &get();
  T *operator->();
};
template <class T> using MainThreadNeverDestroyed = NeverDestroyed<T, MainThreadAccessTraits>;
} // namespace WTF
using WTF::LazyNeverDestroyed;
using WTF::MainThreadNeverDestroyed;
using WTF::NeverDestroyed;
