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
  const isolation::UserExecutionContext user_context = agents::testing::make_test_context();
  create_agent_instance_factory(user_context).configure("tester", "planner");

  EXPECT_EQ(create_agent_instance_factory(user_context).configured_user(), "tester");
  EXPECT_EQ(create_agent_instance_factory(user_context).configured_agent(), "planner");
}

TEST(AgentInstanceFactoryTest, ANewRunStartsWithoutNotes) {
  const isolation::UserExecutionContext user_context = agents::testing::make_test_context();
  AgentInstanceFactory& agents = create_agent_instance_factory(user_context);
  agents.configure("tester", "planner");
  agents.remember("buy milk");
  EXPECT_EQ(agents.notes(), std::vector<std::string>{"buy milk"});

  agents.configure("tester", "planner");
  EXPECT_TRUE(agents.notes().empty());
}

TEST(ThreadRunRegistryTest, FindsTheRunBoundLast) {
  const isolation::UserExecutionContext user_context = agents::testing::make_test_context();
  ThreadRunRegistry& registry = ThreadRunRegistry::create(user_context);
  registry.bind("thread-1", "run-1");
  registry.bind("thread-1", "run-2");

  EXPECT_EQ(ThreadRunRegistry::create(user_context).run_of("thread-1"), "run-2");
  EXPECT_EQ(registry.run_of("thread-never-seen"), "");
}

TEST(WebSocketManagerFactoryTest, RemembersTheLastConnection) {
  const isolation::UserExecutionContext user_context = agents::testing::make_test_context();
  create_websocket_manager_factory(user_context).open("connection-1");
  const auto second = create_websocket_manager_factory(user_context).open("connection-2");

  EXPECT_EQ(create_websocket_manager_factory(user_context).last(), second);
  EXPECT_EQ(second->connection_id(), "connection-2");
}

TEST(AccessorsTest, HandOutOneObjectEach) {
  const isolation::UserExecutionContext user_context = agents::testing::make_test_context();
  EXPECT_EQ(&create_agent_instance_factory(user_context),
            &create_agent_instance_factory(user_context));
  EXPECT_EQ(&ThreadRunRegistry::create(user_context), &ThreadRunRegistry::create(user_context));
  EXPECT_EQ(&create_websocket_manager_factory(user_context),
            &create_websocket_manager_factory(user_context));
  EXPECT_EQ(&create_execution_engine_factory(user_context),
            &create_execution_engine_factory(user_context));
}

TEST(ConversationTest, ThePromptNamesTheSpeaker) {
  const isolation::UserExecutionContext user_context = agents::testing::make_test_context();
  create_agent_instance_factory(user_context).configure("tester", "planner");

  EXPECT_EQ(compose_prompt(user_context, "hello"), "tester says: hello");
}

TEST(ConversationTest, TheReplySaysWhoseItIs) {
  const ChatRequest request = make_test_request("hello");
  start_run(request);

  const ChatReply reply =
      ReplyBuilder(request.user_context(), "thread-of-tester").build("an answer");

  EXPECT_EQ(reply.user_id, "tester");
  EXPECT_EQ(reply.run_id, "run-of-tester");
  EXPECT_EQ(reply.connection_id, "connection-of-tester");
  EXPECT_EQ(reply.answer, "an answer");
}

TEST(ExecutionEngineFactoryTest, CountsAndKeepsTheLastAnswer) {
  const isolation::UserExecutionContext context = make_test_context();
  start_run(ChatRequest(context, "planner", "hello"));
  const std::size_t executions = create_execution_engine_factory(context).executions();

  const std::string answer = create_execution_engine_factory(context).execute(
      context, "thread-of-tester", "hello", Effort::kLow);

  EXPECT_EQ(answer, "planner in run-of-tester noted for tester: [hello]");
  EXPECT_EQ(create_execution_engine_factory(context).last_answer(), answer);
  EXPECT_EQ(create_execution_engine_factory(context).executions(), executions + 1);
}

TEST(ChatHandlersTest, AnswerARequest) {
  const ChatRequest request = make_test_request("hello");

  const ChatReply reply = handle_chat(request);

  EXPECT_EQ(reply.user_id, "tester");
  EXPECT_EQ(reply.answer, "planner in run-of-tester noted for tester: [tester says: hello]");
  EXPECT_EQ(create_websocket_manager_factory(request.user_context()).last()->sent(),
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
  EXPECT_EQ(create_websocket_manager_factory(request.user_context()).last()->sent().back(), "done");
}

}  // namespace
}  // namespace agents
