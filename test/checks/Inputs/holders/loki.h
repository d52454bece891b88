// Imitates Loki::SingletonHolder.
#pragma once
namespace Loki {
template <class T> struct CreateUsingNew {
  static T *Create() { return new T; }
};
template <class T> struct CreateStatic {
  static T *Create();
};
template <class T, template <class> class Creation = CreateUsingNew> class SingletonHolder {
public:
  static T &Instance() {
    if (!pInstance_)
      pInstance_ = Creation<T>::Create();
    return *pInstance_;
  }

private:
  static T *pInstance_;
  static bool destroyed_;
};
template <class T, template <class> class C> T *SingletonHolder<T, C>::pInstance_ = nullptr;
template <class T, template <class> class C> bool SingletonHolder<T, C>::destroyed_ = false;
} // namespace Loki
