// Imitates ACE's singletons.
#pragma once
class ACE_Null_Mutex {};
template <class TYPE, class LOCK> class ACE_Singleton {
public:
  static TYPE *instance();
  static void dump();

protected:
  TYPE instance_;
  static ACE_Singleton<TYPE, LOCK> *singleton_;
};
template <class TYPE, class LOCK> class ACE_TSS_Singleton {
public:
  static TYPE *instance();
};
