// Many users at once, each request fanned out over threads: nobody may ever see
// an object of somebody else's.
//
// 64 users, 8 threads that serve their requests in no order, 8 more that take
// the requests' parts. isolation_tests_long serves 1,000 requests a user, the
// sanitized builds fewer.

#include "fixture.h"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#if !defined(ISOLATION_STRESS_REQUESTS)
#define ISOLATION_STRESS_REQUESTS 40
#endif

using isolation::Domain;
using isolation::PerConversation;
using isolation::PerRequest;
using isolation::PerUser;
using isolation::UserExecutionContext;
using isolation_test::Signal;

namespace {

/// State as a server would keep it: who configured it last, what was seen.
struct Session {
  explicit Session(const UserExecutionContext &c)
      : context(c), user(c.user_id()) {}
  UserExecutionContext context;
  std::string user;
  std::atomic<int> uses{0};
};
struct Engine {
  explicit Engine(Session &s, const UserExecutionContext &c)
      : session(s), request(c.request_id()) {}
  Session &session;
  std::string request;
};

inline constexpr PerRequest<Session> session_slot;
inline constexpr PerRequest<Engine> engine_slot;
inline constexpr PerRequest<std::vector<std::string>> notes_slots[4];
inline constexpr PerUser<std::string> user_slot;
inline constexpr PerConversation<std::string> conversation_slot;

Session &create_session(const UserExecutionContext &context) {
  return session_slot.get_or_create(context, [&] { return Session(context); });
}
Engine &create_engine(const UserExecutionContext &context) {
  return engine_slot.get_or_create(
      context, [&] { return Engine(create_session(context), context); });
}

constexpr int users = 64;
constexpr int serving_threads = 8;
constexpr int parts = 3;

/// Threads that run what they are given, each of another user's.
class Helpers {
public:
  Helpers() {
    for (int i = 0; i != serving_threads; ++i)
      threads_.emplace_back([this] { work(); });
  }
  Helpers(const Helpers &) = delete;
  Helpers &operator=(const Helpers &) = delete;
  ~Helpers() {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      over_ = true;
    }
    changed_.notify_all();
    for (std::thread &thread : threads_)
      thread.join();
  }

  void run(std::function<void()> task) {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      tasks_.push_back(std::move(task));
    }
    changed_.notify_one();
  }

private:
  void work() {
    for (;;) {
      std::unique_lock<std::mutex> lock(mutex_);
      changed_.wait(lock, [&] { return over_ || !tasks_.empty(); });
      if (tasks_.empty())
        return;
      const auto task = std::move(tasks_.front());
      tasks_.pop_front();
      lock.unlock();
      task();
    }
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> tasks_; // guarded by mutex_
  bool over_ = false;                       // guarded by mutex_
  std::vector<std::thread> threads_;
};

/// One part of a request; what it returns counts strangers' objects.
int look_around(const UserExecutionContext &context, const std::string &user) {
  int foreign = 0;
  const auto look = [&](const std::string &seen, const std::string &expected) {
    foreign += seen != expected;
  };
  Engine &engine = create_engine(context);
  look(engine.session.user, user);
  look(engine.request, std::string(context.request_id()));
  look(std::string(engine.session.context.user_id()), user);
  const isolation::ContextGuard guard(context);
  for (const auto &slot : notes_slots)
    for (const std::string &note :
         // NOLINTNEXTLINE(isolation-*): it is what is tested
         slot.get_or_create(isolation::current_context(),
                            [&] { return std::vector<std::string>(3, user); }))
      look(note, user);
  look(user_slot.get_or_create(context, [&] { return user; }), user);
  look(conversation_slot.get_or_create(context, [&] { return user; }), user);
  ++engine.session.uses;
  return foreign;
}

/// By reference where nothing outlives this function, else by copies.
int serve(Helpers &helpers, const UserExecutionContext &context,
          const std::string &user) {
  std::atomic<int> foreign{0};
  std::atomic<int> left{parts - 1};
  Signal done;
  for (int i = 1; i != parts; ++i)
    if (i == 1)
      helpers.run([&] {
        foreign += look_around(context, user);
        if (--left == 0)
          done.raise();
      });
    else
      helpers.run([&, context = context.child("part")] {
        foreign += look_around(context, user);
        if (--left == 0)
          done.raise();
      });
  foreign += look_around(context, user);
  done.wait();
  foreign += create_session(context).uses != parts;
  return foreign;
}

TEST(Stress, NoUserEverSeesAnothersObjects) {
  Helpers helpers;
  isolation::DomainLimits limits;
  limits.most_users = users / 2; // so that users' state comes and goes
  limits.most_conversations = users / 2;
  Domain domain(limits);
  Signal start;
  std::atomic<int> next{0};
  std::atomic<int> foreign{0};
  std::vector<std::thread> threads;
  for (int t = 0; t != serving_threads; ++t)
    threads.emplace_back([&] {
      start.wait();
      for (int i; (i = next++) < users * ISOLATION_STRESS_REQUESTS;) {
        const std::string user = "user-" + std::to_string(i % users);
        foreign +=
            serve(helpers,
                  domain.begin(isolation::Identity{
                      user, "thread-1", "run-" + std::to_string(i), {}, {}}),
                  user);
      }
    });
  start.raise();
  for (std::thread &thread : threads)
    thread.join();
  EXPECT_EQ(foreign, 0);
}

} // namespace
