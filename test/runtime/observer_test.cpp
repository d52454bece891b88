// What observers hear of requests, and that metrics add up.

#include "fixture.h"
#include "open_telemetry.h"

#include <isolation/request_metrics.h>
#include <isolation/request_observer.h>

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

using isolation::observe;
using isolation::PerRequest;
using isolation::RequestMetrics;
using isolation::RequestObserver;
using isolation::UserExecutionContext;
using isolation_test::context_of;
using isolation_test::Log;
using isolation_test::Signal;

namespace observed {
struct A {
  int value = 0;
};
struct B {
  int value = 0;
};
} // namespace observed

namespace {

using observed::A;
using observed::B;

inline constexpr PerRequest<A> slot_a;
inline constexpr PerRequest<B> slot_b;

/// "A" of "observed::A".
std::string short_name(std::string_view type) {
  const std::size_t colon = type.rfind(':');
  return std::string(colon == std::string_view::npos ? type
                                                     : type.substr(colon + 1));
}

class Hearing final : public RequestObserver {
public:
  explicit Hearing(Log &log) : log_(log) {}

  void on_begin() noexcept override { log_.add("begin"); }
  void on_created(std::string_view type, Duration took) noexcept override {
    EXPECT_GE(took.count(), 0);
    log_.add("+" + short_name(type));
  }
  void on_failed(std::string_view type, Duration) noexcept override {
    log_.add("!" + short_name(type));
  }
  void on_destroyed(std::string_view type) noexcept override {
    log_.add("-" + short_name(type));
  }
  void on_end(Duration) noexcept override { log_.add("end"); }

private:
  Log &log_;
};

TEST(Observer, HearsEverythingInOrder) {
  Log log;
  {
    const auto context = context_of("ann");
    observe(context, std::make_shared<Hearing>(log));
    slot_a.get_or_create(context, [&] {
      slot_b.get_or_create(context, [] { return B(); });
      return A();
    });
    slot_a.get_or_create(context, [] { return A(); }); // is there
    EXPECT_EQ(log.text(), "begin +B +A");
  }
  EXPECT_EQ(log.text(), "begin +B +A -A -B end");
}

TEST(Observer, HearsFailuresSetAndReset) {
  Log log;
  const auto context = context_of("ann");
  observe(context, std::make_shared<Hearing>(log));
  EXPECT_THROW(slot_a.get_or_create(
                   context, []() -> A { throw std::runtime_error("x"); }),
               std::runtime_error);
  slot_a.set(context, A());
  slot_a.set(context, A());
  EXPECT_TRUE(slot_a.reset(context));
  EXPECT_FALSE(slot_a.reset(context));
  EXPECT_EQ(log.text(), "begin !A +A +A -A -A");
  context.end();
  EXPECT_EQ(log.text(), "begin !A +A +A -A -A end");
  context.end(); // only once
  EXPECT_EQ(log.text(), "begin !A +A +A -A -A end");
}

/// Throws when it is destroyed, while it is asked to.
struct Throwing {
  const bool &armed;
  ~Throwing() noexcept(false) {
    if (armed)
      throw std::runtime_error("destructor");
  }
};

TEST(Observer, HearsOfDestructionsThatThrow) {
  static constexpr PerRequest<Throwing> slot;
  Log log;
  bool armed = false;
  const auto context = context_of("ann");
  observe(context, std::make_shared<Hearing>(log));
  const Throwing fresh{armed};
  slot.set(context, fresh);
  armed = true;
  EXPECT_THROW(slot.set(context, fresh), std::runtime_error);
  EXPECT_THROW(slot.reset(context), std::runtime_error);
  armed = false;
  slot.set(context, fresh);
  armed = true;
  EXPECT_THROW(context.end(), std::runtime_error);
  armed = false;
  EXPECT_EQ(log.text(), "begin +Throwing +Throwing -Throwing -Throwing "
                        "+Throwing -Throwing end");
}

TEST(Observer, OneForEachRequestAndNoneAfterItsEnd) {
  Log log;
  const auto context = context_of("ann");
  observe(context, std::make_shared<Hearing>(log));
  EXPECT_THROW(observe(context, std::make_shared<Hearing>(log)),
               isolation::Error);
  EXPECT_THROW(observe(context, nullptr), isolation::Error);
  // Another request is none of its business.
  const auto other = context_of("ann");
  slot_a.get_or_create(other, [] { return A(); });
  EXPECT_EQ(log.text(), "begin");
  other.end();
  EXPECT_THROW(observe(other, std::make_shared<Hearing>(log)),
               isolation::RequestEndedError);
}

TEST(Observer, AChildsObjectsAreItsRequests) {
  Log log;
  const auto context = context_of("ann");
  observe(context, std::make_shared<Hearing>(log));
  slot_a.get_or_create(context.child("step"), [] { return A(); });
  EXPECT_EQ(log.text(), "begin +A");
}

TEST(Observer, LivesAsLongAsTheRequestsHandles) {
  Log log;
  std::weak_ptr<Hearing> watched;
  {
    const auto context = context_of("ann");
    {
      const auto observer = std::make_shared<Hearing>(log);
      watched = observer;
      observe(context, observer);
    }
    context.end();
    EXPECT_FALSE(watched.expired());
  }
  EXPECT_TRUE(watched.expired());
}

TEST(Observer, MayBeAttachedInTheMiddleAndByAnotherThread) {
  Log log;
  {
    const auto context = context_of("ann");
    slot_b.get_or_create(context, [] { return B(); });
    slot_a.get_or_create(context, [&] {
      std::thread([&] {
        observe(context, std::make_shared<Hearing>(log));
      }).join();
      return A();
    });
    EXPECT_EQ(log.text(), "begin +A");
  }
  EXPECT_EQ(log.text(), "begin +A -A -B end");
}

TEST(Observer, IsThereForWhoCreatesWhileTheRequestEnds) {
  for (int round = 0; round != 100; ++round) {
    Log log;
    Signal created;
    std::thread creating;
    {
      const auto context = context_of("ann");
      observe(context, std::make_shared<Hearing>(log));
      creating = std::thread([&created, context] {
        try {
          slot_a.get_or_create(context, [&] {
            created.raise();
            std::this_thread::yield();
            return A();
          });
        } catch (const isolation::RequestEndedError &) {
        }
      });
      created.wait();
      context.end();
    }
    creating.join();
    const std::string heard = log.text();
    EXPECT_TRUE(heard == "begin +A -A end" || heard == "begin !A end" ||
                heard == "begin end !A" || heard == "begin -A end +A" ||
                heard == "begin -A +A end")
        << heard;
  }
}

TEST(Observer, MetricsOfManyThreadsAddUp) {
  constexpr int threads = 4;
  constexpr int requests = 100;
  const auto metrics = std::make_shared<RequestMetrics>();
  const auto kept = context_of("kept");
  observe(kept, metrics);
  slot_a.get_or_create(kept, [] { return A(); });
  std::vector<std::thread> servers;
  for (int t = 0; t != threads; ++t)
    servers.emplace_back([&] {
      for (int r = 0; r != requests; ++r) {
        const auto context = context_of("ann");
        observe(context, metrics);
        slot_a.get_or_create(context, [] { return A(); });
        try {
          slot_b.get_or_create(context, [&]() -> B {
            if (r % 4 == 0)
              throw std::runtime_error("x");
            std::this_thread::yield();
            return B();
          });
        } catch (const std::runtime_error &) {
        }
      }
    });
  for (std::thread &server : servers)
    server.join();
  const RequestMetrics::Reading now = metrics->read();
  constexpr std::uint64_t total = threads * requests;
  EXPECT_EQ(now.begun_requests, total + 1);
  EXPECT_EQ(now.active_requests, 1u);
  EXPECT_GT(now.serving.count(), 0);
  ASSERT_EQ(now.types.size(), 2u);
  EXPECT_EQ(short_name(now.types[0].name), "A");
  EXPECT_EQ(now.types[0].created, total + 1);
  EXPECT_EQ(now.types[0].alive(), 1u);
  EXPECT_EQ(now.types[0].failed, 0u);
  EXPECT_EQ(short_name(now.types[1].name), "B");
  EXPECT_EQ(now.types[1].failed, total / 4);
  EXPECT_EQ(now.types[1].created, total - total / 4);
  EXPECT_EQ(now.types[1].alive(), 0u);
  EXPECT_GT(now.types[1].creating.count(), 0);
}

TEST(Observer, ThreadsOfOneRequestAreTimedApart) {
  // Slots of its own for each thread, so that none waits for another's.
  static constexpr PerRequest<A> slots[4][40];
  const auto metrics = std::make_shared<RequestMetrics>();
  const auto context = context_of("ann");
  observe(context, metrics);
  std::vector<std::thread> threads;
  for (const auto &own : slots)
    threads.emplace_back([&] {
      for (const auto &slot : own) {
        slot.get_or_create(context, [] {
          std::this_thread::yield();
          return A();
        });
        // Nothing orders what was heard last before what others hear next.
        std::this_thread::sleep_for(std::chrono::microseconds(50));
      }
    });
  for (std::thread &thread : threads)
    thread.join();
  const RequestMetrics::Reading now = metrics->read();
  ASSERT_EQ(now.types.size(), 1u);
  EXPECT_EQ(now.types[0].created, 160u);
}

TEST(Observer, CreationTimeIncludesWhatWasCreatedOnTheWay) {
  const auto metrics = std::make_shared<RequestMetrics>();
  const auto context = context_of("ann");
  observe(context, metrics);
  slot_a.get_or_create(context, [&] {
    slot_b.get_or_create(context, [] {
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
      return B();
    });
    return A();
  });
  const RequestMetrics::Reading now = metrics->read();
  ASSERT_EQ(now.types.size(), 2u);
  EXPECT_GE(now.types[1].creating, std::chrono::milliseconds(2));
  EXPECT_GE(now.types[0].creating, now.types[1].creating);
}

// The metrics interface of opentelemetry-cpp, as far as the example uses it,
// with an exporter that keeps sums.
class FakeMeter {
public:
  template <class Value> class Instrument {
  public:
    explicit Instrument(std::string name, FakeMeter &meter)
        : name_(std::move(name)), meter_(meter) {}
    void Add(Value value) { meter_.add(name_, static_cast<double>(value)); }
    void Add(Value value, const std::map<std::string, std::string> &labels) {
      meter_.add(name_ + "/" + short_name(labels.at("isolation.type")),
                 static_cast<double>(value));
    }
    void Record(Value) { meter_.add(name_, 1); }
    void Record(Value, const std::map<std::string, std::string> &labels) {
      meter_.add(name_ + "/" + short_name(labels.at("isolation.type")), 1);
    }

  private:
    const std::string name_;
    FakeMeter &meter_;
  };

  auto CreateInt64UpDownCounter(const char *name, const char *, const char *) {
    return std::make_unique<Instrument<std::int64_t>>(name, *this);
  }
  auto CreateUInt64Counter(const char *name, const char *, const char *) {
    return std::make_unique<Instrument<std::uint64_t>>(name, *this);
  }
  auto CreateDoubleHistogram(const char *name, const char *, const char *) {
    return std::make_unique<Instrument<double>>(name, *this);
  }

  double sum(const std::string &name) const {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto found = sums_.find(name);
    return found == sums_.end() ? 0 : found->second;
  }

private:
  void add(const std::string &name, double value) {
    const std::lock_guard<std::mutex> lock(mutex_);
    sums_[name] += value;
  }

  mutable std::mutex mutex_;
  std::map<std::string, double> sums_;
};

TEST(Observer, TheOpenTelemetryExampleReportsWhatHappened) {
  FakeMeter meter;
  const auto observer =
      std::make_shared<isolation_test::OpenTelemetryObserver<FakeMeter>>(meter);
  {
    const auto context = context_of("ann");
    observe(context, observer);
    slot_a.get_or_create(context, [] { return A(); });
    EXPECT_EQ(meter.sum("isolation.requests.active"), 1);
    EXPECT_EQ(meter.sum("isolation.objects.alive/A"), 1);
  }
  EXPECT_EQ(meter.sum("isolation.requests.active"), 0);
  EXPECT_EQ(meter.sum("isolation.request.duration"), 1);
  EXPECT_EQ(meter.sum("isolation.objects.created/A"), 1);
  EXPECT_EQ(meter.sum("isolation.objects.alive/A"), 0);
  EXPECT_EQ(meter.sum("isolation.object.creation/A"), 1);
  EXPECT_EQ(meter.sum("isolation.objects.failed/A"), 0);
}

} // namespace
