-- One step of the timelines of some keys of a partition: moves time on, then lets items enter
-- stages. The package dev.freshet.timeline explains the idea and is the same in Java.
--
-- TimelineScript writes the feature group's part in front of this text:
--   STAGES, WEIGHTS, TOTALS  numbers of an item's stages and weights, and of totals
--   HOLD                     milliseconds that an item is held after its newest event
--   NEVER                    the time of what has not happened
--   count(header, item, at, sign)  adds what an item counts at an instant, or takes it off
--   next_change(item, after)       the first instant behind another at which it counts differently
--
-- KEYS[1]       index of the partition: sorted set of keys by when each changes next
-- KEYS[2i]      of a key: hash of item id -> packed item; the empty field (no id is empty) -> header
-- KEYS[2i + 1]  of a key: sorted set of item ids by when each needs to be looked at next
-- ARGV[1]       now, milliseconds to live: doubles
-- ARGV[2…]      for each key: its name in the index; stage (a byte), occurredAt and weights
--               (doubles) of all its events; the events' item ids
-- Returns       for each key: version, as of, newest, valid until, number of events that told news,
--               totals: doubles
--
-- Times are epoch milliseconds, all numbers little-endian doubles (exact to 2^53).

local call, pack, unpack_from = redis.call, struct.pack, struct.unpack
local now, ttl = unpack_from('<dd', ARGV[1])
local index = KEYS[1]

-- An item that will change no total any more waits in the same queue for its departure, behind all
-- that will: its score is the departure plus this.
local DEPARTURE = 2 ^ 52
local LAST_CHANGE = DEPARTURE - 2 ^ 51

local NEWEST = STAGES + 1
local ITEM_NUMBERS = NEWEST + WEIGHTS
local ITEM = '<' .. string.rep('d', ITEM_NUMBERS)
local EVENT_BYTES = 9 + 8 * WEIGHTS

-- The header: behind the version the totals; HAPPENED and AHEAD, the newest time that has happened,
-- and of all; NEXT, when the first item needs to be looked at; SWEEP, when some may have departed;
-- RENEW, by the server's clock in microseconds, when the key must be told again to live on.
local VERSION = 1
local AS_OF, HAPPENED, AHEAD = TOTALS + 2, TOTALS + 3, TOTALS + 4
local NEXT, SWEEP, RENEW = TOTALS + 5, TOTALS + 6, TOTALS + 7
local HEADER = '<' .. string.rep('d', RENEW)
local ANSWER = '<' .. string.rep('d', 5 + TOTALS)
local SWEEPS_PER_HOLD = 16
local RENEWAL_MICROS = 3600 * 1000000

local MOST_ARGUMENTS = 1000 -- Lua's stack takes only so many

-- A hybrid clock: it keeps growing when the store loses its data.
local time = call('TIME')
local clock = time[1] * 1000000 + time[2]

local function in_chunks(command, key, arguments)
  for from = 1, #arguments, MOST_ARGUMENTS do
    call(command, key, unpack(arguments, from, math.min(#arguments, from + MOST_ARGUMENTS - 1)))
  end
end

local function load_all(items, ids)
  if #ids <= MOST_ARGUMENTS then return #ids == 0 and {} or call('HMGET', items, unpack(ids)) end
  local found = {}
  for from = 1, #ids, MOST_ARGUMENTS do
    local to = math.min(#ids, from + MOST_ARGUMENTS - 1)
    for i, packed in ipairs(call('HMGET', items, unpack(ids, from, to))) do
      found[from - 1 + i] = packed
    end
  end
  return found
end

local function new_header()
  local header = {0}
  for i = 2, TOTALS + 1 do header[i] = 0 end
  header[AS_OF], header[HAPPENED], header[AHEAD] = -NEVER, -NEVER, -NEVER
  header[NEXT], header[SWEEP], header[RENEW] = NEVER, -NEVER, 0
  return header
end

local function new_item(numbers, at)
  local item = {}
  for stage = 1, STAGES do item[stage] = NEVER end
  item[NEWEST] = -NEVER
  for i = 1, WEIGHTS do item[NEWEST + i] = unpack_from('<d', numbers, at + 1 + 8 * i) end
  return item
end

local function see(header, item)
  local as_of, newest = header[AS_OF], header[HAPPENED]
  for stage = 1, STAGES do
    local at = item[stage]
    if at <= as_of and at > newest then newest = at end
  end
  header[HAPPENED] = newest
end

-- Appends an item and when to look at it next to what ZADD is to be told.
local function enqueue(queued, id, item, as_of)
  local change = next_change(item, as_of)
  local last = #queued
  queued[last + 1] = change < NEVER and change or item[NEWEST] + HOLD + DEPARTURE
  queued[last + 2] = id
end

-- Moves time on: only items with an instant of their own since then can have changed.
local function move_on(header, items, queue, queued, before)
  local as_of = header[AS_OF]
  local ids = call('ZRANGEBYSCORE', queue, '-inf', as_of)
  for i, packed in ipairs(load_all(items, ids)) do
    local item = {unpack_from(ITEM, packed)}
    count(header, item, before, -1)
    count(header, item, as_of, 1)
    see(header, item)
    enqueue(queued, ids[i], item, as_of)
  end
end

-- Drops what no event can name any more.
local function evict(header, items, queue)
  local departed = call('ZRANGEBYSCORE', queue, LAST_CHANGE, DEPARTURE + header[AS_OF])
  if #departed > 0 then
    in_chunks('HDEL', items, departed)
    in_chunks('ZREM', queue, departed)
    header[RENEW] = 0 -- a queue that was emptied is gone, and with it what it was told
  end
  header[SWEEP] = header[AS_OF] + HOLD / SWEEPS_PER_HOLD
end

-- Lets items enter stages. Returns the changed ones by id, and how many events told news.
local function store(header, queued, numbers, fields, found)
  local as_of, changed, news = header[AS_OF], {}, 0
  for i = 2, #fields do
    local id, at = fields[i], 1 + (i - 2) * EVENT_BYTES
    local stage, time = unpack_from('<Bd', numbers, at)
    local item = changed[id] or found[i] and {unpack_from(ITEM, found[i])} or new_item(numbers, at)
    if time < item[stage] or time > item[NEWEST] then
      news = news + 1
      count(header, item, as_of, -1)
      if time < item[stage] then item[stage] = time end
      if time > item[NEWEST] then item[NEWEST] = time end
      count(header, item, as_of, 1)
      enqueue(queued, id, item, as_of)
      changed[id] = item
    end
    see(header, item)
    if time > header[AHEAD] then header[AHEAD] = time end
  end
  return changed, news
end

-- Whether the totals differ at a later instant, given the items that change until then.
local function differs(due, as_of, instant)
  local difference = new_header()
  for _, item in ipairs(due) do
    count(difference, item, as_of, -1)
    count(difference, item, instant, 1)
  end
  for i = 2, TOTALS + 1 do
    if difference[i] ~= 0 then return true end
  end
  return false
end

-- The next instant at which a total changes, given the head of the queue. Where several items
-- change at once, what they do may cancel out; then a later instant is the one.
local function valid_until(items, queue, head, as_of)
  local instant = tonumber(head[2]) or NEVER
  if instant < LAST_CHANGE and head[4] ~= head[2] then return instant end
  while instant < LAST_CHANGE do
    local due, next = load_all(items, call('ZRANGEBYSCORE', queue, '-inf', instant)), NEVER
    for i, packed in ipairs(due) do
      due[i] = {unpack_from(ITEM, packed)}
      next = math.min(next, next_change(due[i], instant))
    end
    if differs(due, as_of, instant) then return instant end
    local later = call(
      'ZRANGEBYSCORE', queue, '(' .. string.format('%.0f', instant), '+inf', 'WITHSCORES', 'LIMIT', 0, 1)
    instant = math.min(next, tonumber(later[2]) or NEVER)
  end
  return NEVER
end

local function write(header, items, changed)
  local fields = {'', pack(HEADER, unpack(header))}
  for id, item in pairs(changed) do
    fields[#fields + 1] = id
    fields[#fields + 1] = pack(ITEM, unpack(item))
  end
  in_chunks('HSET', items, fields)
end

local argument = 2
local moved, settled = {}, {} -- what to tell the index

-- The index follows every event. A recalculation, a step without events, leaves the entry where it
-- is until its result is published: settle.lua moves it then.
local function tell_index(key, change)
  if change < NEVER then
    moved[#moved + 1] = change
    moved[#moved + 1] = key
  else
    settled[#settled + 1] = key
  end
end

local function step(items, queue)
  local key, numbers = ARGV[argument], ARGV[argument + 1]
  local events, fields = #numbers / EVENT_BYTES, {''}
  for i = 1, events do fields[i + 1] = ARGV[argument + 1 + i] end
  argument = argument + 2 + events

  local found, queued = load_all(items, fields), {}
  local header = found[1] and {unpack_from(HEADER, found[1])}
  if not header then
    header = new_header()
    call('DEL', queue) -- of items that the server has evicted
  end
  local before, as_of = header[AS_OF], math.max(header[AS_OF], now)
  header[AS_OF] = as_of

  if as_of >= header[NEXT] then move_on(header, items, queue, queued, before) end
  if events == 0 or as_of >= header[SWEEP] then
    in_chunks('ZADD', queue, queued)
    queued = {}
    evict(header, items, queue)
  end
  local changed, news = store(header, queued, numbers, fields, found)
  in_chunks('ZADD', queue, queued)

  local head = call('ZRANGE', queue, 0, 1, 'WITHSCORES')
  local first = tonumber(head[2]) or NEVER
  header[VERSION] = math.max(header[VERSION] + 1, clock)
  header[NEXT] = first < LAST_CHANGE and first or NEVER
  local renews = clock >= header[RENEW]
  if renews then header[RENEW] = clock + RENEWAL_MICROS end
  write(header, items, changed)
  if renews then
    call('PEXPIRE', items, ttl)
    call('PEXPIRE', queue, ttl)
  end

  local change = valid_until(items, queue, head, as_of)
  if events > 0 then tell_index(key, change) end
  local newest = header[HAPPENED] > -NEVER and header[HAPPENED] or header[AHEAD]
  return pack(ANSWER, header[VERSION], as_of, newest, change, news, unpack(header, 2, TOTALS + 1))
end

local answers = {}
for i = 2, #KEYS, 2 do answers[#answers + 1] = step(KEYS[i], KEYS[i + 1]) end
in_chunks('ZADD', index, moved)
in_chunks('ZREM', index, settled)
if #moved > 0 then call('PEXPIRE', index, ttl) end
return table.concat(answers)
