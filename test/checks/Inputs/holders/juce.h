// Imitates JUCE's singleton macros, as they were until JUCE 5 and as they are.
#pragma once
namespace juce {
class CriticalSection {};
template <class Type, class MutexType, bool once> struct SingletonHolder : private MutexType {
  Type *get();
  void deleteInstance();
  void clear(Type *expected) noexcept;
  Type *instance = nullptr;
};
} // namespace juce
#define juce_DeclareSingleton(classname, doNotRecreate)                                                                 \
  static classname *_singletonInstance;                                                                                 \
  static juce::CriticalSection _singletonLock;                                                                          \
  static classname *getInstance() {                                                                                     \
    if (_singletonInstance == nullptr) {                                                                                \
      static bool alreadyInside = false;                                                                                \
      alreadyInside = true;                                                                                             \
      classname *newObject = new classname();                                                                           \
      alreadyInside = false;                                                                                            \
      _singletonInstance = newObject;                                                                                   \
    }                                                                                                                   \
    return _singletonInstance;                                                                                          \
  }                                                                                                                     \
  static inline classname *getInstanceWithoutCreating() { return _singletonInstance; }                                  \
  static inline void deleteInstance() {                                                                                 \
    if (_singletonInstance != nullptr) {                                                                                \
      classname *const old = _singletonInstance;                                                                        \
      _singletonInstance = nullptr;                                                                                     \
      delete old;                                                                                                       \
    }                                                                                                                   \
  }
#define juce_ImplementSingleton(classname)                                                                              \
  classname *classname::_singletonInstance = nullptr;                                                                   \
  juce::CriticalSection classname::_singletonLock;
#define JUCE_DECLARE_SINGLETON(Classname, doNotRecreate)                                                                \
  static juce::SingletonHolder<Classname, juce::CriticalSection, doNotRecreate> singletonHolder;                        \
  friend juce::SingletonHolder<Classname, juce::CriticalSection, doNotRecreate>;                                        \
  static Classname *getInstance() { return singletonHolder.get(); }                                                     \
  static Classname *getInstanceWithoutCreating() noexcept { return singletonHolder.instance; }                          \
  static void deleteInstance() noexcept { singletonHolder.deleteInstance(); }                                           \
  void clearSingletonInstance() noexcept { singletonHolder.clear(this); }
#define JUCE_IMPLEMENT_SINGLETON(Classname) decltype(Classname::singletonHolder) Classname::singletonHolder;
