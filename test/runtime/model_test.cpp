// Random sequences of operations, compared with a model that is too simple to
// be wrong: maps from slots to values, and a list in order of creation.

#include "fixture.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <condition_variable>
#include <cstdlib>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using isolation::PerRequest;
using isolation::UserExecutionContext;
using isolation_test::context_of;

namespace {

/// Remembers its value at its end, so that order can be compared.
struct Value {
  Value(int n, std::vector<int> &out) : number(n), destroyed(&out) {}
  Value(const Value &) = delete;
  ~Value() { destroyed->push_back(number); }
  int number;
  std::vector<int> *destroyed;
};

constexpr int slot_count = 20;
inline constexpr PerRequest<Value> slots[slot_count];

/// What one request should look like.
struct Model {
  std::vector<std::pair<int, int>> objects; // slot, value; oldest first
  bool ended = false;

  std::optional<int> value(int slot) const {
    for (const auto &[at, number] : objects)
      if (at == slot)
        return number;
    return std::nullopt;
  }
  void erase(int slot) {
    objects.erase(
        std::remove_if(objects.begin(), objects.end(),
                       [&](const auto &o) { return o.first == slot; }),
        objects.end());
  }
};

/// A thread that runs one thing after the other, for steps that change threads:
/// starting a thread for each would be all that the test does.
class OtherThread {
public:
  OtherThread() : thread_([this] { work(); }) {}
  OtherThread(const OtherThread &) = delete;
  OtherThread &operator=(const OtherThread &) = delete;
  ~OtherThread() {
    run(nullptr);
    thread_.join();
  }

  /// Returns when it is done. An empty function ends the thread.
  void run(std::function<void()> task) {
    std::unique_lock<std::mutex> lock(mutex_);
    task_ = std::move(task);
    pending_ = true;
    changed_.notify_all();
    changed_.wait(lock, [&] { return !pending_; });
  }

private:
  void work() {
    std::unique_lock<std::mutex> lock(mutex_);
    for (bool more = true; more;) {
      changed_.wait(lock, [&] { return pending_; });
      more = static_cast<bool>(task_);
      if (more)
        task_();
      task_ = nullptr;
      pending_ = false;
      changed_.notify_all();
    }
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::function<void()> task_; // guarded by mutex_
  bool pending_ = false;       // guarded by mutex_
  std::thread thread_;
};

class Sequence {
public:
  Sequence(unsigned seed, OtherThread &other) : random_(seed), other_(other) {
    destroyed_.reserve(500);
    handles_.push_back(context_of("model"));
  }

  void go(int steps) {
    for (int i = 0; i != steps && !testing::Test::HasFailure(); ++i) {
      switch (pick(16)) {
      case 0: // hop, by reference
        other_.run([&] { step(); });
        break;
      case 1: // propagate: the ambient context goes along
        other_.run(isolation::bind(handle(), [&] {
          EXPECT_TRUE(
              // NOLINTNEXTLINE(isolation-ambient-context): it is what is tested
              isolation::current_context().same_request(handles_.front()));
          step();
        }));
        break;
      default:
        step();
      }
    }
    finish();
  }

private:
  int pick(int below) {
    return std::uniform_int_distribution<int>(0, below - 1)(random_);
  }
  const UserExecutionContext &handle() {
    return handles_[static_cast<std::size_t>(
        pick(static_cast<int>(handles_.size())))];
  }

  template <class Operation> void expect_ended_or(Operation operation) {
    try {
      operation();
      EXPECT_FALSE(model_.ended);
    } catch (const isolation::RequestEndedError &) {
      EXPECT_TRUE(model_.ended);
    }
  }

  void step() {
    const int slot = pick(slot_count);
    switch (pick(10)) {
    case 0:
    case 1:
    case 2:
      return expect_ended_or([&] { get(slot, 3); });
    case 3:
      return expect_ended_or([&] { peek(slot); });
    case 4:
      return expect_ended_or([&] { set(slot); });
    case 5:
      return expect_ended_or([&] { reset(slot); });
    case 6:
      return expect_ended_or([&] { fail(slot); });
    case 7:
      if (handle().depth() < 10)
        handles_.push_back(UserExecutionContext(handle().child("step")));
      return;
    case 8:
      if (handles_.size() > 1)
        handles_.erase(handles_.begin() +
                       pick(static_cast<int>(handles_.size())));
      return;
    default:
      if (pick(20) == 0)
        end();
    }
  }

  /// Creates, and inside the factory perhaps others.
  void get(int slot, int depth) {
    const std::optional<int> before = model_.value(slot);
    const int fresh = ++last_;
    const auto made = [&] {
      creating_.push_back(slot);
      const int inner = pick(slot_count);
      if (depth > 0 && pick(2) == 0 &&
          std::find(creating_.begin(), creating_.end(), inner) ==
              creating_.end())
        get(inner, depth - 1);
      creating_.pop_back();
    };
    int got;
    if (pick(2) == 0)
      got = slots[slot]
                .get_or_create(handle(),
                               [&] {
                                 made();
                                 return Value(fresh, destroyed_);
                               })
                .number;
    else
      got = slots[slot]
                .get_or_create(handle(),
                               [&] {
                                 made();
                                 return std::make_unique<Value>(fresh,
                                                                destroyed_);
                               })
                .number;
    if (before) {
      EXPECT_EQ(got, *before);
      return;
    }
    EXPECT_EQ(got, fresh);
    model_.objects.emplace_back(slot, fresh);
  }

  void peek(int slot) {
    const Value *found = slots[slot].peek(handle());
    EXPECT_EQ(found ? std::optional<int>(found->number) : std::nullopt,
              model_.value(slot));
  }

  void set(int slot) {
    const int fresh = ++last_;
    const std::optional<int> old = model_.value(slot);
    if (model_.ended)
      expected_.push_back(fresh); // made by the caller, refused by the slot
    slots[slot].set(handle(), std::make_unique<Value>(fresh, destroyed_));
    model_.erase(slot);
    model_.objects.emplace_back(slot, fresh);
    if (old)
      expected_.push_back(*old);
  }

  void reset(int slot) {
    const std::optional<int> old = model_.value(slot);
    EXPECT_EQ(slots[slot].reset(handle()), old.has_value());
    model_.erase(slot);
    if (old)
      expected_.push_back(*old);
  }

  void fail(int slot) {
    const bool there = model_.value(slot).has_value();
    try {
      slots[slot].get_or_create(handle(), []() -> std::unique_ptr<Value> {
        throw std::logic_error("x");
      });
      EXPECT_TRUE(there);
    } catch (const std::logic_error &) {
      EXPECT_FALSE(there);
    }
    if (!there)
      peek(slot);
  }

  void end() {
    handle().end();
    all_go();
  }

  void all_go() {
    for (auto it = model_.objects.rbegin(); it != model_.objects.rend(); ++it)
      expected_.push_back(it->second);
    model_.objects.clear();
    model_.ended = true;
    EXPECT_EQ(destroyed_, expected_);
  }

  void finish() {
    EXPECT_EQ(destroyed_, expected_);
    handles_.clear();
    all_go();
  }

  std::mt19937 random_;
  OtherThread &other_;
  std::vector<int> destroyed_; // before the handles: objects write to it
  std::vector<int> expected_;
  std::vector<UserExecutionContext> handles_;
  std::vector<int> creating_;
  Model model_;
  int last_ = 0;
};

#if !defined(ISOLATION_MODEL_SEQUENCES)
#define ISOLATION_MODEL_SEQUENCES 1000
#endif

/// isolation_tests_long goes through 100,000. The first seed can be chosen, to
/// go through others (ISOLATION_MODEL_SEED).
TEST(Model, RandomSequencesAgreeWithIt) {
  const char *const text = std::getenv("ISOLATION_MODEL_SEED");
  const auto first =
      text ? static_cast<unsigned>(std::strtoul(text, nullptr, 10)) : 0u;
  OtherThread other;
  for (unsigned i = 0; i != ISOLATION_MODEL_SEQUENCES; ++i) {
    Sequence(first + i, other).go(40);
    ASSERT_FALSE(HasFailure()) << "seed " << first + i;
  }
}

} // namespace
