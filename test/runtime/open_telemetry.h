// An observer that reports to OpenTelemetry, as an example to copy: it uses the
// metrics interface of opentelemetry-cpp by its names (a meter that creates
// counters and histograms, which take a value and attributes), through a
// template parameter, so that neither this library nor its tests need it.
//
//   auto meter = opentelemetry::metrics::Provider::GetMeterProvider()
//                    ->GetMeter("server");
//   auto observer = std::make_shared<OpenTelemetryObserver<
//       opentelemetry::metrics::Meter>>(*meter);
//   isolation::observe(user_context, observer); // for each request

#ifndef ISOLATION_TEST_RUNTIME_OPEN_TELEMETRY_H
#define ISOLATION_TEST_RUNTIME_OPEN_TELEMETRY_H

#include <isolation/request_observer.h>

#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace isolation_test {

template <class Meter>
class OpenTelemetryObserver final : public isolation::RequestObserver {
public:
  explicit OpenTelemetryObserver(Meter &meter)
      : active_(meter.CreateInt64UpDownCounter(
            "isolation.requests.active", "requests that are served", "1")),
        duration_(meter.CreateDoubleHistogram("isolation.request.duration",
                                              "from begin to end", "ms")),
        created_(meter.CreateUInt64Counter("isolation.objects.created",
                                           "by type", "1")),
        alive_(meter.CreateInt64UpDownCounter("isolation.objects.alive",
                                              "by type", "1")),
        creating_(meter.CreateDoubleHistogram("isolation.object.creation",
                                              "by type", "ms")),
        failed_(meter.CreateUInt64Counter("isolation.objects.failed",
                                          "factories that threw", "1")) {}

private:
  using Attributes = std::map<std::string, std::string>;

  void on_begin() noexcept override { active_->Add(1); }
  void on_end(Duration took) noexcept override {
    active_->Add(-1);
    duration_->Record(milliseconds(took));
  }
  void on_created(std::string_view type, Duration took) noexcept override {
    const Attributes attributes = of(type);
    created_->Add(1, attributes);
    alive_->Add(1, attributes);
    creating_->Record(milliseconds(took), attributes);
  }
  void on_failed(std::string_view type, Duration) noexcept override {
    failed_->Add(1, of(type));
  }
  void on_destroyed(std::string_view type) noexcept override {
    alive_->Add(-1, of(type));
  }

  // Types only: attributes of metrics must be few, and name no user.
  static Attributes of(std::string_view type) {
    return {{"isolation.type", std::string(type)}};
  }
  static double milliseconds(Duration took) {
    return std::chrono::duration<double, std::milli>(took).count();
  }

  using UpDownCounter =
      decltype(std::declval<Meter &>().CreateInt64UpDownCounter("", "", ""));
  using Histogram =
      decltype(std::declval<Meter &>().CreateDoubleHistogram("", "", ""));
  using Counter =
      decltype(std::declval<Meter &>().CreateUInt64Counter("", "", ""));

  const UpDownCounter active_;
  const Histogram duration_;
  const Counter created_;
  const UpDownCounter alive_;
  const Histogram creating_;
  const Counter failed_;
};

} // namespace isolation_test

#endif // ISOLATION_TEST_RUNTIME_OPEN_TELEMETRY_H
