// Many users at once, each with a secret, through the real server: does any of them get to see what
// is another's?
//
//   many_users_test --expect=leak|clean [--users=8] [--requests=200]
//
// Prints `requests=N leaks=N lost=N failed=N`. A reply leaks if it names another user; it is lost
// if it lacks what is the user's own, and failed if the server did not answer.

#include <httplib.h>

#include <atomic>
#include <chrono>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "agents/http_server.h"

namespace {

struct Options {
  std::string expect;
  int users = 8;
  int requests = 200;
};

struct Counts {
  std::atomic<int> requests = 0;
  std::atomic<int> leaks = 0;
  std::atomic<int> lost = 0;
  std::atomic<int> failed = 0;
};

bool parse(int argc, char** argv, Options& options) {
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    const std::string value = argument.substr(argument.find('=') + 1);
    if (argument.starts_with("--expect=")) {
      options.expect = value;
    } else if (argument.starts_with("--users=")) {
      options.users = std::stoi(value);
    } else if (argument.starts_with("--requests=")) {
      options.requests = std::stoi(value);
    } else {
      return false;
    }
  }
  return options.expect == "leak" || options.expect == "clean";
}

// Everything a user owns carries this name, and no name is part of another.
std::string name_of(int user) { return "user" + std::to_string(user) + "."; }

httplib::Result ask(httplib::Client& client, int user, int request) {
  const std::string name = name_of(user);
  const std::string id = name + std::to_string(request);
  // Thread ids are counted by each client for itself, so all users have a `thread-1`.
  const httplib::Headers headers = {{"X-User-Id", name},
                                    {"X-Thread-Id", "thread-1"},
                                    {"X-Run-Id", "run-" + id},
                                    {"X-Request-Id", "request-" + id}};
  const std::string path = request % 4 == 3 ? "/chat/background" : "/chat";
  return client.Post(path + "?agent=planner-of-" + name, headers, "the secret of " + name,
                     "text/plain");
}

std::string expected_reply(int user, int request) {
  const std::string name = name_of(user);
  const std::string run = "run-" + name + std::to_string(request);
  return "{\"user\":\"" + name + "\",\"run\":\"" + run + "\",\"connection\":\"connection-of-" +
         name + "\",\"answer\":\"planner-of-" + name + " in " + run + " noted for " + name + ": [" +
         name + " says: the secret of " + name + "]\"}\n";
}

void be_user(int user, int port, const Options& options, Counts& counts) {
  httplib::Client client("127.0.0.1", port);
  client.set_keep_alive(true);
  client.set_tcp_nodelay(true);
  for (int request = 0; request < options.requests; ++request) {
    ++counts.requests;
    const httplib::Result reply = ask(client, user, request);
    if (!reply || reply->status != 200) {
      ++counts.failed;
      continue;
    }
    bool foreign = false;
    for (int other = 0; other <= options.users; ++other) {
      foreign |= other != user && reply->body.find(name_of(other)) != std::string::npos;
    }
    if (foreign) {
      ++counts.leaks;
    } else if (reply->body != expected_reply(user, request)) {
      ++counts.lost;
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  if (!parse(argc, argv, options)) {
    std::cerr << "usage: many_users_test --expect=leak|clean [--users=N] [--requests=N]\n";
    return 2;
  }

  agents::HttpServer server;
  const int port = server.bind(0);
  if (port < 0) {
    std::cerr << "many_users_test: cannot listen\n";
    return 2;
  }
  std::thread listening([&server] { server.listen(); });

  // User 0 comes first and alone: the server is up once it has an answer.
  httplib::Client first("127.0.0.1", port);
  for (int request = 0; !ask(first, 0, request);) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }

  Counts counts;
  std::vector<std::thread> users;
  for (int user = 1; user <= options.users; ++user) {
    users.emplace_back([&, user] { be_user(user, port, options, counts); });
  }
  for (std::thread& user : users) {
    user.join();
  }
  server.stop();
  listening.join();

  std::cout << "requests=" << counts.requests << " leaks=" << counts.leaks
            << " lost=" << counts.lost << " failed=" << counts.failed << std::endl;
  const bool clean = counts.leaks == 0 && counts.lost == 0 && counts.failed == 0;
  return options.expect == "clean" ? !clean : counts.leaks == 0;
}
