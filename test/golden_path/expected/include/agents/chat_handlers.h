#pragma once

#include "agents/chat_request.h"
#include "agents/conversation.h"
#include "agents/worker.h"

namespace agents {

/// Answers in the thread that took the request.
ChatReply handle_chat(const ChatRequest& request);

/// Leaves the answering to `worker` and waits for it.
ChatReply handle_background_chat(const ChatRequest& request, Worker& worker);

}  // namespace agents
