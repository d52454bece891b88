#include "agents/execution_engine_factory.h"

#include <isolation/per_request.h>

#include <chrono>
#include <functional>
#include <memory>
#include <thread>

#include "agents/agent_instance_factory.h"
#include "agents/thread_run_registry.h"
#include "agents/websocket_manager_factory.h"

namespace agents {

static constexpr isolation::PerRequest<ExecutionEngineFactory> execution_engine_factory_slot;

ExecutionEngineFactory& create_execution_engine_factory(
    const isolation::UserExecutionContext& user_context) {
  return execution_engine_factory_slot.get_or_create(
      user_context, [] { return std::make_unique<ExecutionEngineFactory>(); });
}

namespace {

using ProgressCallback = std::function<void(const std::string& event)>;

// Stands for the call to the language model, which is where a request spends its time.
void wait_for_model(const std::string& prompt, Effort effort, const ProgressCallback& on_progress) {
  on_progress("thinking about: " + prompt);
  std::this_thread::sleep_for(std::chrono::milliseconds(effort == Effort::kHigh ? 500 : 1));
}

}  // namespace

std::string ExecutionEngineFactory::execute(const isolation::UserExecutionContext& user_context,
                                            const std::string& thread_id, const std::string& prompt,
                                            Effort effort) {
  create_agent_instance_factory(user_context).remember(prompt);
  wait_for_model(prompt, effort, [user_context](const std::string& event) {
    create_websocket_manager_factory(user_context).last()->send(event);
  });

  const std::string answer = conclude(user_context, thread_id);
  create_websocket_manager_factory(user_context).last()->send(answer);

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

std::string ExecutionEngineFactory::conclude(const isolation::UserExecutionContext& user_context,
                                             const std::string& thread_id) const {
  const AgentInstanceFactory& agents = create_agent_instance_factory(user_context);
  std::string answer = agents.configured_agent() + " in " +
                       ThreadRunRegistry::create(user_context).run_of(thread_id) + " noted for " +
                       agents.configured_user() + ":";
  for (const std::string& note : agents.notes()) {
    answer += " [" + note + "]";
  }
  return answer;
}

}  // namespace agents
