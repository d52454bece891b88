// Imitates how Qt 6 expands Q_GLOBAL_STATIC.
#pragma once
namespace QtGlobalStatic {
template <class QGS> struct Holder {
  using Type = typename QGS::QGS_Type;
  static inline int guard = 0;
  alignas(Type) char storage[sizeof(Type)];
  static Type *pointer();
};
} // namespace QtGlobalStatic
template <class Holder> struct QGlobalStatic {
  using Type = typename Holder::Type;
  bool isDestroyed() const;
  operator Type *();
  Type *operator()();
  Type *operator->();
  Type &operator*();

protected:
  static Type *instance();
};
#define Q_GLOBAL_STATIC_WITH_ARGS(TYPE, NAME, ARGS)                                                                     \
  namespace {                                                                                                           \
  struct Q_QGS_##NAME {                                                                                                 \
    typedef TYPE QGS_Type;                                                                                              \
    static void innerFunction(void *pointer);                                                                           \
  };                                                                                                                    \
  }                                                                                                                     \
  static QGlobalStatic<QtGlobalStatic::Holder<Q_QGS_##NAME>> NAME;
#define Q_GLOBAL_STATIC(TYPE, NAME) Q_GLOBAL_STATIC_WITH_ARGS(TYPE, NAME, ())
