// Imitates how Qt 5 expands Q_GLOBAL_STATIC.
#pragma once
struct QBasicAtomicInt {
  int loadRelaxed() const;
  int value;
};
template <class T, T *(&innerFunction)(), QBasicAtomicInt &guard> struct QGlobalStatic {
  typedef T Type;
  bool isDestroyed() const;
  bool exists() const;
  operator Type *();
  Type *operator()();
  Type *operator->();
  Type &operator*();
};
#define Q_GLOBAL_STATIC_WITH_ARGS(TYPE, NAME, ARGS)                                                                     \
  namespace {                                                                                                           \
  namespace Q_QGS_##NAME {                                                                                              \
    typedef TYPE Type;                                                                                                  \
    QBasicAtomicInt guard = {0};                                                                                        \
    inline Type *innerFunction() {                                                                                      \
      static Type instance ARGS;                                                                                        \
      return &instance;                                                                                                 \
    }                                                                                                                   \
  }                                                                                                                     \
  }                                                                                                                     \
  static QGlobalStatic<TYPE, Q_QGS_##NAME::innerFunction, Q_QGS_##NAME::guard> NAME;
#define Q_GLOBAL_STATIC(TYPE, NAME) Q_GLOBAL_STATIC_WITH_ARGS(TYPE, NAME, )
