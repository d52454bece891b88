// Many users at once, each request fanned out over threads: nobody may ever see
// an object of somebody else's.

#include "fixture.h"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

using isolation::PerRequest;
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

Session &create_session(const UserExecutionContext &context) {
  return session_slot.get_or_create(context, [&] { return Session(context); });
}
Engine &create_engine(const UserExecutionContext &context) {
  return engine_slot.get_or_create(
      context, [&] { return Engine(create_session(context), context); });
}

constexpr int users = 12;
constexpr int requests_per_user = 60;
constexpr int threads_per_request = 3;

int serve(const UserExecutionContext &context, const std::string &user) {
  std::atomic<int> foreign{0};
  const auto work = [&foreign, &user, context](int i) {
    const auto look = [&](const std::string &seen,
                          const std::string &expected) {
      if (seen != expected)
        ++foreign;
    };
    Engine &engine = create_engine(context);
    look(engine.session.user, user);
    look(engine.request, std::string(context.request_id()));
    look(std::string(engine.session.context.user_id()), user);
    const isolation::ContextGuard guard(context);
    for (const auto &slot : notes_slots) {
      // NOLINTNEXTLINE(isolation-*): the guard is what is tested here
      const auto &notes = slot.get_or_create(isolation::current_context(), [&] {
        return std::vector<std::string>(3, user);
      });
      for (const std::string &note : notes)
        look(note, user);
    }
    engine.session.uses += i + 1;
  };
  std::vector<std::thread> fan_out;
  for (int i = 1; i != threads_per_request; ++i)
    fan_out.emplace_back(work, i);
  work(0);
  for (std::thread &thread : fan_out)
    thread.join();
  if (create_session(context).uses != 6)
    ++foreign;
  return foreign;
}

TEST(Stress, NoUserEverSeesAnothersObjects) {
  Signal start;
  std::atomic<int> foreign{0};
  std::vector<std::thread> clients;
  for (int u = 0; u != users; ++u)
    clients.emplace_back([&, user = "user-" + std::to_string(u)] {
      start.wait();
      for (int r = 0; r != requests_per_user; ++r)
        foreign += serve(
            UserExecutionContext::create(isolation::Identity{
                user, "thread-" + user, "run-" + std::to_string(r), {}, {}}),
            user);
    });
  start.raise();
  for (std::thread &client : clients)
    client.join();
  EXPECT_EQ(foreign, 0);
}

} // namespace
