// Imitates Poco::SingletonHolder.
#pragma once
namespace Poco {
template <class S> class SingletonHolder {
public:
  SingletonHolder() : pS(nullptr) {}
  ~SingletonHolder() { delete pS; }
  S *get() {
    if (!pS)
      pS = new S;
    return pS;
  }
  void reset() {
    delete pS;
    pS = nullptr;
  }

private:
  S *pS;
};
} // namespace Poco
