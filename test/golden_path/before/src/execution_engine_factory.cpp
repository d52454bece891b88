#include "agents/execution_engine_factory.h"

#include <chrono>
#include <functional>
#include <memory>
#include <thread>

#include "agents/agent_instance_factory.h"
#include "agents/thread_run_registry.h"
#include "agents/websocket_manager_factory.h"

namespace agents {

static std::unique_ptr<ExecutionEngineFactory> engine_factory;
static std::once_flag engine_factory_once;

ExecutionEngineFactory& get_execution_engine_factory() {
  std::call_once(engine_factory_once,
                 [] { engine_factory = std::make_unique<ExecutionEngineFactory>(); });
  return *engine_factory;
}

namespace {

using ProgressCallback = std::function<void(const std::string& event)>;

// Stands for the call to the language model, which is where a request spends its time.
void wait_for_model(const std::string& prompt, Effort effort, const ProgressCallback& on_progress) {
  on_progress("thinking about: " + prompt);
  std::this_thread::sleep_for(std::chrono::milliseconds(effort == Effort::kHigh ? 500 : 1));
}

}  // namespace

std::string ExecutionEngineFactory::execute(const std::string& thread_id, const std::string& prompt,
                                            Effort effort) {
  get_agent_instance_factory().remember(prompt);
  wait_for_model(prompt, effort, [](const std::string& event) {
    get_websocket_manager_factory().last()->send(event);
  });

  const std::string answer = conclude(thread_id);
  get_websocket_manager_factory().last()->send(answer);

  std::lock_guard<std::mutex> lock(mutex_);
  ++executions_;
  last_answer_ = answer;
  return last_answer_;
}

std::size_t ExecutionEngineFactory::executions() const {
  std::lock_guard<std::mutex> lock(mutex_);
  return executions_;
}

std::string ExecutionEngineFactory::last_answer() const {
  std::lock_guard<std::mutex> lock(mutex_);
  return last_answer_;
}

std::string ExecutionEngineFactory::conclude(const std::string& thread_id) const {
  const AgentInstanceFactory& agents = get_agent_instance_factory();
  std::string answer = agents.configured_agent() + " in " +
                       ThreadRunRegistry::instance().run_of(thread_id) + " noted for " +
                       agents.configured_user() + ":";
  for (const std::string& note : agents.notes()) {
    answer += " [" + note + "]";
  }
  return answer;
}

}  // namespace agents
