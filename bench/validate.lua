-- wrk script: validates random known keys, each with its known domain. One script for every contender.
--
--   wrk -t1 -c64 -d15s --latency -s validate.lua http://127.0.0.1:8080 -- KEYS [check]
--
-- KEYS holds one "key domain" per line. The requests are rendered before the clock starts, so that wrk's own CPU,
-- which it shares with the server, stays small. With "check" every answer's body is read too; without it wrk
-- sees the status only (reading bodies in Lua costs it about as much as sending the requests). The check run is the
-- warm-up, so it asks for every key once before it asks for random ones.
-- The last line printed is what bench/run reads.

local threads = {}

function setup(thread)
  thread:set("number", #threads)
  table.insert(threads, thread)
end

local requests = {}
local random = math.random
local count = 0
local asked = 0
local swept = 0

function init(arguments)
  local check = arguments[2] == "check"
  for line in io.lines(arguments[1]) do
    local key, domain = line:match("^(%S+) (%S+)$")
    local body = '{"key":"' .. key .. '","domain":"' .. domain .. '"}'
    count = count + 1
    requests[count] = wrk.format("POST", "/api/v1/validate", { ["Content-Type"] = "application/json" }, body)
  end
  math.randomseed(20261123 + number)
  checked = 0
  invalid = 0
  if check then
    response = read
    swept = count
  else
    collectgarbage("collect")
    collectgarbage("stop") -- sending makes no garbage, and walking a million requests costs milliseconds
  end
end

-- A check asks for each key once, so that all are cached, then for random ones.
function request()
  asked = asked + 1
  return requests[asked <= swept and asked or random(count)]
end

function read(status, headers, body)
  checked = checked + 1
  if status ~= 200 or not body:find('"valid":true', 1, true) then
    invalid = invalid + 1
    if invalid == 1 then
      print("first bad answer: " .. status .. " " .. body)
    end
  end
end

function done(summary, latency, _)
  local checked, invalid = 0, 0
  for _, thread in ipairs(threads) do
    checked = checked + thread:get("checked")
    invalid = invalid + thread:get("invalid")
  end
  local errors = summary.errors
  print(string.format(
    "result requests=%d micros=%d p50=%d p99=%d max=%d bytes=%d status=%d socket=%d checked=%d invalid=%d",
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), latency.max, summary.bytes,
    errors.status, errors.connect + errors.read + errors.write + errors.timeout, checked, invalid))
end
