// What a process shares on purpose. What it must not share does not compile:
// see must_not_compile.cpp.

#include <isolation/isolation.h>

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

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
