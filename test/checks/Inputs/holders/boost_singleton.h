// Imitates boost::serialization::singleton.
#pragma once
namespace boost {
namespace serialization {
template <class T> class singleton {
  static T &get_instance() {
    static T *t = new T;
    return *t;
  }

public:
  static T &get_mutable_instance() { return get_instance(); }
  static const T &get_const_instance() { return get_instance(); }
  static bool is_destroyed();
};
} // namespace serialization
} // namespace boost
