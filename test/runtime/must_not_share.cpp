// What a process must not share, each with the text that the compiler must say.
// See must_not_compile.py; contexts, which take longer to compile, are in
// must_not_compile.cpp.

#include <isolation/process_wide.h>
#include <isolation/synchronised.h>

#include <array>
#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

struct Derived {};

void use() {
#ifdef SHARED_REFERENCE // error: isolation: ProcessWide<T> owns what it shares
  static std::string somewhere;
  isolation::ProcessWide<std::string &> shared(somewhere);
#endif
#ifdef SHARED_WRITTEN // error: 'this' argument
  static isolation::ProcessWide<std::string> shared("x");
  shared->clear();
#endif
#ifdef SHARED_WRITABLE // error: isolation: what a process shares is const or
                       // synchronised
  static isolation::ProcessWide<std::string> shared("x");
  shared.writable().clear();
#endif
#ifdef SHARED_UNIQUE_PTR // error: isolation: const access to a pointer is write
                         // access
  static isolation::ProcessWide<std::unique_ptr<std::string>> shared;
#endif
#ifdef SHARED_SHARED_PTR // error: isolation: const access to a pointer is write
                         // access
  static isolation::ProcessWide<const std::shared_ptr<std::string>> shared;
#endif
#ifdef SHARED_WEAK_PTR // error: isolation: const access to a pointer is write
                       // access
  static isolation::ProcessWide<std::weak_ptr<std::string>> shared;
#endif
#ifdef SHARED_ARRAY_PTR // error: isolation: const access to a pointer is write
                        // access
  static isolation::ProcessWide<std::unique_ptr<int[]>> shared;
#endif
#ifdef SHARED_REFERENCE_WRAPPER // error: isolation: const access to a pointer
                                // is write access
  static std::string other;
  static isolation::ProcessWide<std::reference_wrapper<std::string>> shared(
      other);
#endif
#ifdef SHARED_FUNCTION // error: isolation: a std::function is called, and
                       // changed by it
  static isolation::ProcessWide<std::function<void()>> shared;
#endif
#ifdef LEAKED_FROM_LOCK // error: isolation: what with_lock() returns must not
                        // lead back
  static isolation::Synchronised<std::string> shared("x");
  (void)shared.with_lock([](std::string &value) { return &value; });
#endif
#ifdef SHARED_ATOMIC_POINTER // error: isolation: const access to a pointer is
                             // write access
  static isolation::ProcessWide<std::atomic<Derived *>> shared(nullptr);
#endif
#ifdef SHARED_CONST_ATOMIC_POINTER // error: isolation: const access to a
                                   // pointer is write access
  static isolation::ProcessWide<const std::atomic<Derived *>> shared(nullptr);
#endif
#ifdef SHARED_VECTOR_OF_POINTERS // error: isolation: const access to a pointer
                                 // is write access
  static isolation::ProcessWide<std::vector<Derived *>> shared;
#endif
#ifdef SHARED_ARRAY_OF_POINTERS // error: isolation: const access to a pointer
                                // is write access
  static isolation::ProcessWide<std::array<Derived *, 2>> shared;
#endif
#ifdef SHARED_OPTIONAL_POINTER // error: isolation: const access to a pointer is
                               // write access
  static isolation::ProcessWide<std::optional<Derived *>> shared;
#endif
#ifdef SHARED_VARIANT_POINTER // error: isolation: const access to a pointer is
                              // write access
  static isolation::ProcessWide<std::variant<int, Derived *>> shared;
#endif
#ifdef SHARED_UNTYPED_POINTER // error: isolation: const access to a pointer is
                              // write access
  static isolation::ProcessWide<std::vector<void *>> shared;
#endif
#ifdef SHARED_PAIR_OF_POINTER // error: isolation: const access to a pointer is
                              // write access
  static isolation::ProcessWide<std::pair<int, std::shared_ptr<Derived>>>
      shared;
#endif
#ifdef SHARED_MAP_OF_POINTERS // error: isolation: const access to a pointer is
                              // write access
  static isolation::ProcessWide<
      std::map<int, std::vector<std::unique_ptr<Derived>>>>
      shared;
#endif
#ifdef SHARED_CONST_POINTER_ON // error: isolation: const access to a pointer is
                               // write access
  static isolation::ProcessWide<std::shared_ptr<const std::vector<Derived *>>>
      shared;
#endif
#ifdef SHARED_MAP_OF_FUNCTIONS // error: isolation: a std::function is called,
                               // and changed by it
  static isolation::ProcessWide<std::map<int, std::function<void()>>> shared;
#endif
#ifdef LEAKED_VIEW // error: isolation: what with_lock() returns must not lead
                   // back
  static isolation::Synchronised<std::string> shared;
  (void)shared.with_lock(
      [](std::string &value) { return std::string_view(value); });
#endif
#ifdef LEAKED_SHARED_PTR // error: isolation: what with_lock() returns must not
                         // lead back
  static isolation::Synchronised<std::shared_ptr<Derived>> shared;
  (void)shared.with_lock([](std::shared_ptr<Derived> &value) { return value; });
#endif
#ifdef LEAKED_ITERATOR // error: isolation: what with_lock() returns must not
                       // lead back
  static isolation::Synchronised<std::vector<int>> shared;
  (void)shared.with_lock(
      [](std::vector<int> &value) { return value.cbegin(); });
#endif
#ifdef LEAKED_VIEWS // error: isolation: what with_lock() returns must not lead
                    // back
  static isolation::Synchronised<std::string> shared;
  (void)shared.with_lock(
      [](std::string &value) { return std::vector<std::string_view>{value}; });
#endif
#ifdef LEAKED_OPTIONAL // error: isolation: what with_lock() returns must not
                       // lead back
  static isolation::Synchronised<std::optional<std::shared_ptr<Derived>>>
      shared;
  (void)shared.with_lock(
      [](std::optional<std::shared_ptr<Derived>> &value) { return value; });
#endif
#ifdef LEAKED_REFERENCE // error: isolation: what with_lock() returns must not
                        // lead back
  static isolation::Synchronised<std::string> shared;
  (void)shared.with_lock([](std::string &value) { return std::cref(value); });
#endif
}
