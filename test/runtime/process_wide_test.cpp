// What a process shares on purpose. What it must not share does not compile:
// see must_not_compile.cpp.

#include <isolation/isolation.h>

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>
#if __has_include(<semaphore>) && __cplusplus >= 202002L
#include <barrier>
#include <latch>
#include <semaphore>
#endif

using isolation::is_synchronised;
using isolation::ProcessWide;
using isolation::Synchronised;

namespace {

class OwnQueue {};

} // namespace

template <> struct isolation::is_synchronised<OwnQueue> : std::true_type {};

namespace {

using Text = ProcessWide<std::string>;
static_assert(
    std::is_same_v<decltype(*std::declval<Text &>()), const std::string &>);
static_assert(std::is_same_v<decltype(*std::declval<ProcessWide<OwnQueue> &>()),
                             OwnQueue &>);
static_assert(
    std::is_same_v<decltype(*std::declval<const ProcessWide<OwnQueue> &>()),
                   const OwnQueue &>);
static_assert(!std::is_copy_constructible_v<Text>);
static_assert(is_synchronised<Synchronised<int>>::value);
static_assert(is_synchronised<const std::atomic<int>>::value);
static_assert(!is_synchronised<std::vector<int>>::value);
static_assert(is_synchronised<std::shared_mutex>::value);
static_assert(is_synchronised<std::shared_timed_mutex>::value);
static_assert(is_synchronised<std::timed_mutex>::value);
static_assert(is_synchronised<std::recursive_timed_mutex>::value);
static_assert(is_synchronised<std::condition_variable_any>::value);
static_assert(!is_synchronised<std::shared_lock<std::shared_mutex>>::value);
#if defined(__cpp_lib_semaphore)
static_assert(is_synchronised<std::binary_semaphore>::value);
#endif
#if defined(__cpp_lib_latch) && defined(__cpp_lib_barrier)
static_assert(is_synchronised<std::latch>::value);
static_assert(is_synchronised<std::barrier<>>::value);
#endif

// A template that is named after contexts, and holds none.
template <class Of> struct Table {
  int entries = 0;
};
// One that gives write access, and locks by itself.
struct OwnPointer {
  int &operator*() const;
};

template <class T> constexpr bool may_be_shared() {
  return sizeof(ProcessWide<T>) != 0; // what must not: must_not_compile.cpp
}
static_assert(may_be_shared<std::optional<std::string>>());
static_assert(may_be_shared<std::array<std::vector<int>, 3>>());
static_assert(may_be_shared<int[3]>());
static_assert(may_be_shared<std::string_view>());
static_assert(may_be_shared<std::unique_ptr<const std::string>>());
static_assert(may_be_shared<std::shared_ptr<const std::string[]>>());
static_assert(may_be_shared<std::reference_wrapper<const std::string>>());
static_assert(may_be_shared<Synchronised<std::unique_ptr<std::string>>>());
static_assert(
    may_be_shared<std::map<int, std::unique_ptr<const std::string>>>());
static_assert(may_be_shared<std::atomic<const std::string *>>());
static_assert(may_be_shared<std::pair<const char *, std::vector<bool>>>());
static_assert(may_be_shared<std::vector<Synchronised<int>>>());
static_assert(may_be_shared<std::map<int, void (*)(int *)>>());
static_assert(
    may_be_shared<std::map<std::string_view, std::variant<int, std::string>,
                           std::less<>>>());
static_assert(may_be_shared<std::chrono::milliseconds>());
static_assert(
    may_be_shared<
        std::vector<void (*)(const isolation::UserExecutionContext &)>>());
static_assert(may_be_shared<Table<isolation::UserExecutionContext>>());
static_assert(may_be_shared<std::shared_mutex>());

} // namespace
template <> struct isolation::is_synchronised<OwnPointer> : std::true_type {};
namespace {
static_assert(may_be_shared<OwnPointer>());
static_assert(may_be_shared<std::array<OwnPointer, 2>>());

TEST(ProcessWide, GivesConstAccess) {
  Text text("shared");
  EXPECT_EQ(*text, "shared");
  EXPECT_EQ(text->size(), 6u);
  EXPECT_EQ(&*text, &*std::as_const(text));
}

TEST(ProcessWide, LetsSynchronisedTypesBeWritten) {
  ProcessWide<std::atomic<int>> count(1);
  ++*count;
  count.writable() += 2;
  EXPECT_EQ(count->load(), 4);
}

TEST(ProcessWide, WhatIsTakenOutOfALockIsTheTakers) {
  Synchronised<std::vector<std::unique_ptr<int>>> queue;
  queue.with_lock([](auto &all) { all.push_back(std::make_unique<int>(7)); });
  const std::unique_ptr<int> taken = queue.with_lock([](auto &all) {
    auto last = std::move(all.back());
    all.pop_back();
    return last;
  });
  EXPECT_EQ(*taken, 7);
  const std::optional<std::shared_ptr<const int>> none = queue.with_lock(
      [](auto &) { return std::optional<std::shared_ptr<const int>>(); });
  EXPECT_FALSE(none);
}

TEST(ProcessWide, SynchronisedExcludes) {
  ProcessWide<Synchronised<std::vector<int>>> list;
  std::vector<std::thread> threads;
  for (int t = 0; t != 4; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i != 1000; ++i)
        list->with_lock([&](std::vector<int> &all) { all.push_back(i); });
    });
  for (std::thread &thread : threads)
    thread.join();
  EXPECT_EQ(std::as_const(list)->with_lock(
                [](const std::vector<int> &all) { return all.size(); }),
            4000u);
}

} // namespace
