// Imitates QuantLib::Singleton.
#pragma once
namespace QuantLib {
template <class T> class Singleton {
public:
  static T &instance();

protected:
  Singleton() = default;
};
} // namespace QuantLib
