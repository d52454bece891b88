// Creation cycles are errors, also when several threads make up the cycle.

#include "fixture.h"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

using isolation::CreationCycleError;
using isolation::PerRequest;
using isolation::UserExecutionContext;
using isolation_test::context_of;
using isolation_test::Signal;

struct Alpha {
  int value;
};
struct Beta {
  int value;
};
struct Gamma {
  int value;
};

namespace {

inline constexpr PerRequest<Alpha> alpha;
inline constexpr PerRequest<Beta> beta;
inline constexpr PerRequest<Gamma> gamma_slot;

template <class Attempt> std::string chain_of(Attempt attempt) {
  try {
    attempt();
  } catch (const CreationCycleError &error) {
    EXPECT_EQ(error.what(), "creation cycle: " + error.chain());
    return error.chain();
  }
  return "no cycle";
}

Alpha &create_alpha(const UserExecutionContext &context);
Beta &create_beta(const UserExecutionContext &context) {
  return beta.get_or_create(context,
                            [&] { return Beta{create_alpha(context).value}; });
}
Alpha &create_alpha(const UserExecutionContext &context) {
  return alpha.get_or_create(context,
                             [&] { return Alpha{create_beta(context).value}; });
}

TEST(Cycle, OfOne) {
  const auto context = context_of("a");
  EXPECT_EQ(
      chain_of([&] {
        alpha.get_or_create(context, [&] {
          return Alpha{
              alpha.get_or_create(context, [] { return Alpha{1}; }).value};
        });
      }),
      "Alpha -> Alpha");
}

TEST(Cycle, OfTwoLeavesBothEmpty) {
  const auto context = context_of("a");
  EXPECT_EQ(chain_of([&] { create_alpha(context); }), "Alpha -> Beta -> Alpha");
  EXPECT_EQ(chain_of([&] { create_beta(context); }), "Beta -> Alpha -> Beta");
  EXPECT_EQ(alpha.peek(context), nullptr);
  EXPECT_EQ(alpha.get_or_create(context, [] { return Alpha{1}; }).value, 1);
  EXPECT_EQ(create_beta(context).value, 1);
}

TEST(Cycle, TellsItsOwnPartOfADeeperChain) {
  const auto context = context_of("a");
  EXPECT_EQ(chain_of([&] {
              gamma_slot.get_or_create(
                  context, [&] { return Gamma{create_alpha(context).value}; });
            }),
            "Alpha -> Beta -> Alpha");
}

TEST(Cycle, ThroughSetAndReset) {
  const auto context = context_of("a");
  EXPECT_EQ(chain_of([&] {
              alpha.get_or_create(context,
                                  [&] { return alpha.set(context, Alpha{1}); });
            }),
            "Alpha -> Alpha");
  EXPECT_EQ(chain_of([&] {
              alpha.get_or_create(context, [&] {
                return beta.get_or_create(context,
                                          [&] {
                                            alpha.reset(context);
                                            return Beta{1};
                                          }),
                       Alpha{1};
              });
            }),
            "Alpha -> Beta -> Alpha");
}

TEST(Cycle, PeekIsNoNeed) {
  const auto context = context_of("a");
  EXPECT_EQ(alpha
                .get_or_create(
                    context, [&] { return Alpha{alpha.peek(context) ? 1 : 2}; })
                .value,
            2);
}

TEST(Cycle, TheSameTypesInAnotherRequestAreNoCycle) {
  const auto context = context_of("a");
  const auto other = context_of("a");
  EXPECT_EQ(
      alpha
          .get_or_create(
              context,
              [&] {
                return Alpha{
                    alpha.get_or_create(other, [] { return Alpha{5}; }).value};
              })
          .value,
      5);
}

// Two threads enter the circle at opposite ends and meet.
TEST(Cycle, AcrossTwoThreads) {
  for (int round = 0; round != 100; ++round) {
    const auto context = context_of("a");
    Signal in_alpha, in_beta;
    std::string first, second;
    std::thread one([&] {
      first = chain_of([&] {
        alpha.get_or_create(context, [&] {
          in_alpha.raise();
          in_beta.wait();
          return Alpha{create_beta(context).value};
        });
      });
    });
    std::thread two([&] {
      second = chain_of([&] {
        beta.get_or_create(context, [&] {
          in_beta.raise();
          in_alpha.wait();
          return Beta{create_alpha(context).value};
        });
      });
    });
    one.join();
    two.join();
    // Who notices depends on who comes second; the other then meets it alone.
    EXPECT_TRUE(first == "Alpha -> Beta -> Alpha" || first == "no cycle")
        << first;
    EXPECT_TRUE(second == "Beta -> Alpha -> Beta" || second == "no cycle")
        << second;
    EXPECT_NE(first + second, "no cycleno cycle");
  }
}

TEST(Cycle, AcrossThreeThreadsAndTwoRequests) {
  for (int round = 0; round != 100; ++round) {
    const auto mine = context_of("a");
    const auto shared = context_of("a");
    Signal entered[3];
    std::atomic<int> cycles{0};
    const auto meet = [&](int at) {
      entered[at].raise();
      for (Signal &signal : entered)
        signal.wait();
    };
    const auto count_cycle = [&](const std::string &chain) {
      if (chain != "no cycle")
        ++cycles;
    };
    std::thread threads[] = {
        std::thread([&] {
          count_cycle(chain_of([&] {
            alpha.get_or_create(mine, [&] {
              meet(0);
              return Alpha{
                  beta.get_or_create(shared, [] { return Beta{1}; }).value};
            });
          }));
        }),
        std::thread([&] {
          count_cycle(chain_of([&] {
            beta.get_or_create(shared, [&] {
              meet(1);
              return Beta{
                  gamma_slot.get_or_create(mine, [] { return Gamma{1}; })
                      .value};
            });
          }));
        }),
        std::thread([&] {
          count_cycle(chain_of([&] {
            gamma_slot.get_or_create(mine, [&] {
              meet(2);
              return Gamma{
                  alpha.get_or_create(mine, [] { return Alpha{1}; }).value};
            });
          }));
        })};
    for (std::thread &thread : threads)
      thread.join();
    // One thread closes the circle; its failure lets the others through.
    EXPECT_EQ(cycles, 1);
  }
}

TEST(Cycle, WaitingForABusyThreadIsNoCycle) {
  // Factories that share dependencies without a circle, entered from all sides.
  static constexpr PerRequest<int> base, left, right, top;
  for (int round = 0; round != 200; ++round) {
    const auto context = context_of("a");
    const auto make_base = [&]() -> int & {
      return base.get_or_create(context, [] {
        std::this_thread::yield();
        return 1;
      });
    };
    const auto make_left = [&]() -> int & {
      return left.get_or_create(context, [&] { return make_base() + 1; });
    };
    const auto make_right = [&]() -> int & {
      return right.get_or_create(context,
                                 [&] { return make_base() + make_left() + 1; });
    };
    const auto make_top = [&]() -> int & {
      return top.get_or_create(context,
                               [&] { return make_left() + make_right(); });
    };
    Signal start;
    std::vector<std::thread> threads;
    for (int i = 0; i != 8; ++i)
      threads.emplace_back([&, i] {
        start.wait();
        EXPECT_NO_THROW({
          if (i % 4 == 0)
            make_top();
          else if (i % 4 == 1)
            make_right();
          else if (i % 4 == 2)
            make_left();
          else
            make_base();
        });
      });
    start.raise();
    for (std::thread &thread : threads)
      thread.join();
    EXPECT_EQ(make_top(), 6);
  }
}

} // namespace
