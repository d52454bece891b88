// A library that no table knows: its templates say what they are.
#pragma once
namespace engine {
// The classic: the project defines the pointer, the class hands itself out.
template <class T> class Singleton {
public:
  Singleton() { msSingleton = static_cast<T *>(this); }
  static T &getSingleton() { return *msSingleton; }
  static T *getSingletonPtr() { return msSingleton; }

protected:
  static T *msSingleton;
};
template <class T> struct AutoSingleton {
  static T &instance();
};
// Not a holder: no static method hands its argument out.
template <class T> struct SingletonRegistrar {
  void add(T *);
};
template <class T> struct Slot {
  T &access();
};
template <class T> struct Named {
  static T &fetch();
  static T &other();
};
} // namespace engine
#define ENGINE_DECLARE_SINGLETON(X)                                                                                     \
public:                                                                                                                 \
  static X &instance() {                                                                                                \
    static X object;                                                                                                    \
    static int uses = 0;                                                                                                \
    ++uses;                                                                                                             \
    return object;                                                                                                      \
  }
