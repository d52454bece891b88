// Imitates folly's holders.
#pragma once
#include <memory>
namespace folly {
namespace detail {
struct DefaultTag {};
} // namespace detail
template <class T, class Tag = detail::DefaultTag, class Vault = detail::DefaultTag> class Singleton {
public:
  Singleton();
  template <class Make> explicit Singleton(Make make) {}
  Singleton &shouldEagerInit();
  static std::weak_ptr<T> get_weak();
  static std::shared_ptr<T> try_get();
  static void vivify();
};
template <class T, class Tag = detail::DefaultTag> class LeakySingleton {
public:
  LeakySingleton();
  static T &get();
};
template <class T, class Tag = detail::DefaultTag> class SingletonThreadLocal {
public:
  static T &get();
  static T *try_get();
};
template <class T> class Indestructible {
public:
  template <class... A> explicit Indestructible(A &&...) {}
  T &get() &;
  const T &get() const &;
  T &operator*() &;
  T *operator->();
  const T *operator->() const;
  operator T &() &;
};
} // namespace folly
