// Imitates how kdelibs expands K_GLOBAL_STATIC: three variables for one object.
#pragma once
template <class T> struct QBasicAtomicPointer {
  T *load() const;
  bool testAndSetOrdered(T *Expected, T *New);
  T *value;
};
#define K_GLOBAL_STATIC_WITH_ARGS(TYPE, NAME, ARGS)                                                                     \
  static QBasicAtomicPointer<TYPE> _k_static_##NAME = {nullptr};                                                        \
  static bool _k_static_##NAME##_destroyed;                                                                             \
  static struct {                                                                                                       \
    inline bool isDestroyed() const { return _k_static_##NAME##_destroyed; }                                            \
    inline operator TYPE *() { return operator->(); }                                                                   \
    inline TYPE *operator->() {                                                                                         \
      if (!_k_static_##NAME.load()) {                                                                                   \
        TYPE *x = new TYPE ARGS;                                                                                        \
        if (!_k_static_##NAME.testAndSetOrdered(nullptr, x))                                                            \
          delete x;                                                                                                     \
      }                                                                                                                 \
      return _k_static_##NAME.load();                                                                                   \
    }                                                                                                                   \
    inline TYPE &operator*() { return *operator->(); }                                                                  \
  } NAME;
#define K_GLOBAL_STATIC(TYPE, NAME) K_GLOBAL_STATIC_WITH_ARGS(TYPE, NAME, ())
