-- One step of a key's timeline: moves time on, then lets items enter stages. The package
-- dev.freshet.timeline explains the idea and is the same in Java.
--
-- The feature group's constants stand in front of this text:
--   STAGES, WEIGHTS  numbers of an item's stages and weights
--   HOLD             milliseconds that an item is held after its newest event
--   INTERVALS        {start = stage, weight = index or nil, {stage, offset}, …}, one for each total
--
-- KEYS[1]  hash: item id -> packed item; the empty field (no id is empty) -> packed header
-- KEYS[2]  sorted set of item ids by the instant at which each needs to be looked at next
-- KEYS[3]  index of the partition: sorted set of keys by the instant at which each changes next
-- ARGV[1]  now; ARGV[2] milliseconds to live; ARGV[3] the key as the index names it
-- ARGV[4…] for each event: item id, stage (from 1), occurredAt, weights
-- Returns  {packed version, as of, newest, valid until, totals…; number of events that told news}
--
-- Times are epoch milliseconds, all numbers doubles (exact to 2^53), NEVER what has not happened.

local items, queue, index = KEYS[1], KEYS[2], KEYS[3]
local now, ttl, key = tonumber(ARGV[1]), ARGV[2], ARGV[3]
local NEVER = math.huge

-- An item that will change no total any more waits in the same queue for its departure, behind all
-- that will: its score is the departure plus this.
local DEPARTURE = 2 ^ 52

local NEWEST = STAGES + 1
local ITEM = '<' .. string.rep('d', NEWEST + WEIGHTS)
local VERSION, AS_OF, HAPPENED, AHEAD, FIRST_TOTAL = 1, 2, 3, 4, 5
local HEADER = '<' .. string.rep('d', FIRST_TOTAL - 1 + #INTERVALS)

local function weight_at(interval, item, at)
  if item[interval.start] > at then return 0 end
  for i = 1, #interval do
    if item[interval[i][1]] + interval[i][2] <= at then return 0 end
  end
  return interval.weight and item[NEWEST + interval.weight] or 1
end

local function add(totals, item, at, sign)
  for i = 1, #INTERVALS do
    totals[i] = totals[i] + sign * weight_at(INTERVALS[i], item, at)
  end
end

local function next_change(item, after)
  local next = NEVER
  for i = 1, #INTERVALS do
    local interval = INTERVALS[i]
    local from, to = item[interval.start], NEVER
    for e = 1, #interval do
      to = math.min(to, item[interval[e][1]] + interval[e][2])
    end
    local weight = interval.weight and item[NEWEST + interval.weight] or 1
    if from < to and to > after and weight ~= 0 then
      next = math.min(next, from > after and from or to)
    end
  end
  return next
end

local function load(id)
  local packed = redis.call('HGET', items, id)
  return packed and {struct.unpack(ITEM, packed)}
end

local function new_item(first_weight)
  local item = {}
  for stage = 1, STAGES do item[stage] = NEVER end
  item[NEWEST] = -NEVER
  for i = 1, WEIGHTS do item[NEWEST + i] = tonumber(ARGV[first_weight + i - 1]) end
  return item
end

local header = {0, -NEVER, -NEVER, -NEVER}
local packed_header = redis.call('HGET', items, '')
if packed_header then
  header = {struct.unpack(HEADER, packed_header)}
else
  redis.call('DEL', queue) -- of items that the server has evicted
end
local totals = {}
for i = 1, #INTERVALS do totals[i] = header[FIRST_TOTAL - 1 + i] or 0 end
local before = header[AS_OF]
local as_of = math.max(before, now)

local function see(item)
  for stage = 1, STAGES do
    if item[stage] <= as_of then header[HAPPENED] = math.max(header[HAPPENED], item[stage]) end
  end
end

local function enqueue(id, item)
  local change = next_change(item, as_of)
  local due = change < NEVER and change or item[NEWEST] + HOLD + DEPARTURE
  redis.call('ZADD', queue, string.format('%.0f', due), id)
end

-- Move time on: only items with an instant of their own since then can have changed.
for _, id in ipairs(redis.call('ZRANGEBYSCORE', queue, '-inf', as_of)) do
  local item = load(id)
  add(totals, item, before, -1)
  add(totals, item, as_of, 1)
  see(item)
  enqueue(id, item)
end

-- Evict what no event can name any more.
for _, id in ipairs(redis.call('ZRANGEBYSCORE', queue, DEPARTURE - 2 ^ 51, DEPARTURE + as_of)) do
  redis.call('HDEL', items, id)
  redis.call('ZREM', queue, id)
end

-- Store.
local news = 0
for at = 4, #ARGV, 3 + WEIGHTS do
  local id, stage, time = ARGV[at], tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2])
  local item = load(id) or new_item(at + 3)
  if time < item[stage] or time > item[NEWEST] then
    news = news + 1
    add(totals, item, as_of, -1)
    item[stage] = math.min(item[stage], time)
    item[NEWEST] = math.max(item[NEWEST], time)
    add(totals, item, as_of, 1)
    redis.call('HSET', items, id, struct.pack(ITEM, unpack(item, 1, NEWEST + WEIGHTS)))
    enqueue(id, item)
  end
  see(item)
  header[AHEAD] = math.max(header[AHEAD], time)
end

-- Whether the totals are the same at a later instant, given the items that change until then.
local function changes_by(instant, due)
  local difference = {}
  for i = 1, #INTERVALS do difference[i] = 0 end
  for _, item in ipairs(due) do
    add(difference, item, as_of, -1)
    add(difference, item, instant, 1)
  end
  for i = 1, #INTERVALS do
    if difference[i] ~= 0 then return true end
  end
  return false
end

-- The next instant at which a total changes. Where several items change at once, what they do may
-- cancel out; then a later instant is the one.
local function valid_until()
  local head = redis.call('ZRANGE', queue, 0, 1, 'WITHSCORES')
  local instant = tonumber(head[2]) or NEVER
  while instant < DEPARTURE - 2 ^ 51 do
    local ids = redis.call('ZRANGEBYSCORE', queue, '-inf', instant)
    if #ids == 1 then return instant end
    local due, next = {}, NEVER
    for i, id in ipairs(ids) do
      due[i] = load(id)
      next = math.min(next, next_change(due[i], instant))
    end
    if changes_by(instant, due) then return instant end
    local later = redis.call(
      'ZRANGEBYSCORE', queue, '(' .. string.format('%.0f', instant), '+inf', 'WITHSCORES', 'LIMIT', 0, 1)
    instant = math.min(next, tonumber(later[2]) or NEVER)
  end
  return NEVER
end

-- A hybrid clock: it keeps growing when the store loses its data.
local time = redis.call('TIME')
header[VERSION] = math.max(header[VERSION] + 1, time[1] * 1000000 + time[2])
header[AS_OF] = as_of
for i = 1, #INTERVALS do header[FIRST_TOTAL - 1 + i] = totals[i] end
redis.call('HSET', items, '', struct.pack(HEADER, unpack(header, 1, FIRST_TOTAL - 1 + #INTERVALS)))
redis.call('PEXPIRE', items, ttl)
redis.call('PEXPIRE', queue, ttl)

-- The index follows every event. A recalculation, a step without events, leaves the entry where it
-- is until its result is published: settle.lua moves it then.
local change = valid_until()
if #ARGV > 3 then
  if change < NEVER then
    redis.call('ZADD', index, string.format('%.0f', change), key)
  else
    redis.call('ZREM', index, key)
  end
  redis.call('PEXPIRE', index, ttl)
end

local newest = header[HAPPENED] > -NEVER and header[HAPPENED] or header[AHEAD]
return {
  struct.pack(HEADER, header[VERSION], as_of, newest, change, unpack(totals)),
  news,
}
