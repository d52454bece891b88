-- What test/golden_path/load has wrk send: chats of eight users at once, one in sixteen through the
-- background worker. A reply names its user four times; if it names two, one sees the other's data.

local users = 8
local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init()
  sent, foreign, failed = 0, 0, 0
end

function request()
  sent = sent + 1
  local user = "user" .. sent % users .. "."
  local path = sent % 16 == 0 and "/chat/background" or "/chat"
  return wrk.format("POST", path .. "?agent=planner-of-" .. user, {
    ["X-User-Id"] = user,
    ["X-Thread-Id"] = "thread-1",
    ["X-Run-Id"] = "run-" .. user .. sent,
    ["X-Request-Id"] = "request-" .. sent,
    ["Content-Type"] = "text/plain",
  }, "the secret of " .. user)
end

function response(status, headers, body)
  if status ~= 200 then
    failed = failed + 1
    return
  end
  local first = body:match("user%d+%.")
  for name in body:gmatch("user%d+%.") do
    if name ~= first then
      foreign = foreign + 1
      return
    end
  end
end

function done(summary)
  local foreign_sum, failed_sum = 0, 0
  for _, thread in ipairs(threads) do
    foreign_sum = foreign_sum + thread:get("foreign")
    failed_sum = failed_sum + thread:get("failed")
  end
  local errors = summary.errors
  print(string.format('{"requests":%d,"microseconds":%d,"foreign":%d,"failed":%d}',
    summary.requests, summary.duration, foreign_sum,
    failed_sum + errors.connect + errors.read + errors.write + errors.timeout))
end
