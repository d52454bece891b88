// What one user sees, alone on the server.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "agents/agent_instance_factory.h"
#include "agents/chat_handlers.h"
#include "agents/conversation.h"
#include "agents/execution_engine_factory.h"
#include "agents/thread_run_registry.h"
#include "agents/websocket_manager_factory.h"
#include "agents/worker.h"
#include "support/test_context.h"

namespace agents {
namespace {

using agents::testing::make_test_context;
using agents::testing::make_test_request;

TEST(AgentInstanceFactoryTest, KeepsTheConfiguredUserAndAgent) {
  get_agent_instance_factory().configure("tester", "planner");

  EXPECT_EQ(get_agent_instance_factory().configured_user(), "tester");
  EXPECT_EQ(get_agent_instance_factory().configured_agent(), "planner");
}

TEST(AgentInstanceFactoryTest, ANewRunStartsWithoutNotes) {
  AgentInstanceFactory& agents = get_agent_instance_factory();
  agents.configure("tester", "planner");
  agents.remember("buy milk");
  EXPECT_EQ(agents.notes(), std::vector<std::string>{"buy milk"});

  agents.configure("tester", "planner");
  EXPECT_TRUE(agents.notes().empty());
}

TEST(ThreadRunRegistryTest, FindsTheRunBoundLast) {
  ThreadRunRegistry& registry = ThreadRunRegistry::instance();
  registry.bind("thread-1", "run-1");
  registry.bind("thread-1", "run-2");

  EXPECT_EQ(ThreadRunRegistry::instance().run_of("thread-1"), "run-2");
  EXPECT_EQ(registry.run_of("thread-never-seen"), "");
}

TEST(WebSocketManagerFactoryTest, RemembersTheLastConnection) {
  get_websocket_manager_factory().open("connection-1");
  const auto second = get_websocket_manager_factory().open("connection-2");

  EXPECT_EQ(get_websocket_manager_factory().last(), second);
  EXPECT_EQ(second->connection_id(), "connection-2");
}

TEST(AccessorsTest, HandOutOneObjectEach) {
  EXPECT_EQ(&get_agent_instance_factory(), &get_agent_instance_factory());
  EXPECT_EQ(&ThreadRunRegistry::instance(), &ThreadRunRegistry::instance());
  EXPECT_EQ(&get_websocket_manager_factory(), &get_websocket_manager_factory());
  EXPECT_EQ(&get_execution_engine_factory(), &get_execution_engine_factory());
}

TEST(ConversationTest, ThePromptNamesTheSpeaker) {
  get_agent_instance_factory().configure("tester", "planner");

  EXPECT_EQ(compose_prompt("hello"), "tester says: hello");
}

TEST(ConversationTest, TheReplySaysWhoseItIs) {
  const ChatRequest request = make_test_request("hello");
  start_run(request);

  const ChatReply reply = ReplyBuilder("thread-of-tester").build("an answer");

  EXPECT_EQ(reply.user_id, "tester");
  EXPECT_EQ(reply.run_id, "run-of-tester");
  EXPECT_EQ(reply.connection_id, "connection-of-tester");
  EXPECT_EQ(reply.answer, "an answer");
}

TEST(ExecutionEngineFactoryTest, CountsAndKeepsTheLastAnswer) {
  const isolation::UserExecutionContext context = make_test_context();
  start_run(ChatRequest(context, "planner", "hello"));
  const std::size_t executions = get_execution_engine_factory().executions();

  const std::string answer =
      get_execution_engine_factory().execute("thread-of-tester", "hello", Effort::kLow);

  EXPECT_EQ(answer, "planner in run-of-tester noted for tester: [hello]");
  EXPECT_EQ(get_execution_engine_factory().last_answer(), answer);
  EXPECT_EQ(get_execution_engine_factory().executions(), executions + 1);
}

TEST(ChatHandlersTest, AnswerARequest) {
  const ChatRequest request = make_test_request("hello");

  const ChatReply reply = handle_chat(request);

  EXPECT_EQ(reply.user_id, "tester");
  EXPECT_EQ(reply.answer, "planner in run-of-tester noted for tester: [tester says: hello]");
  EXPECT_EQ(get_websocket_manager_factory().last()->sent(),
            (std::vector<std::string>{"thinking about: tester says: hello", reply.answer}));
}

TEST(ChatHandlersTest, AnswerOneRequestAfterAnother) {
  for (const std::string message : {"first", "second", "third"}) {
    const ChatReply reply = handle_chat(make_test_request(message));

    EXPECT_EQ(reply.answer,
              "planner in run-of-tester noted for tester: [tester says: " + message + "]");
  }
}

TEST(ChatHandlersTest, AnswerInTheBackground) {
  const ChatRequest request = make_test_request("hello");
  Worker worker;

  const ChatReply reply = handle_background_chat(request, worker);

  EXPECT_EQ(reply.user_id, "tester");
  EXPECT_EQ(reply.run_id, "run-of-tester");
  EXPECT_EQ(reply.answer, "planner in run-of-tester noted for tester: [tester says: hello]");
  EXPECT_EQ(get_websocket_manager_factory().last()->sent().back(), "done");
}

}  // namespace
}  // namespace agents
