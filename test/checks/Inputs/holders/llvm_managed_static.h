// Imitates llvm::ManagedStatic.
#pragma once
namespace llvm {
template <class C> struct object_creator {};
class ManagedStaticBase {
protected:
  mutable void *Ptr = nullptr;
};
template <class C, class Creator = object_creator<C>> class ManagedStatic : public ManagedStaticBase {
public:
  C &operator*();
  C *operator->() { return &**this; }
  const C &operator*() const;
  const C *operator->() const { return &**this; }
  C *claim();
};
} // namespace llvm
