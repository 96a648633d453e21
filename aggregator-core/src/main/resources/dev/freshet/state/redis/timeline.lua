-- One step of the timelines of some keys of a partition: moves time on, then lets items enter
-- stages. The package dev.freshet.timeline explains the idea and is the same in Java.
--
-- TimelineScript writes the feature group's part in front of this text:
--   STAGES, WEIGHTS, TOTALS  numbers of an item's stages and weights, and of totals
--   HOLD                     milliseconds that an item is held after its newest event
--   NEVER                    the time of what has not happened
--   DEPARTURE                an item that will change no total any more waits in the same queue for
--                            its departure, behind all that will: its score is the departure plus
--                            this
--   pass(header, since, as_of, numbers…)          counts what an item has come to add or to take
--                            off since an instant; returns when to look at it next
--   enter(header, as_of, stage, time, numbers…)   lets an item enter a stage; returns when to look
--                            at it next, and the packed item; nothing if that was no news
--
-- An item is packed as its numbers: the times of its stages, the newest time of an event, weights.
-- A score is handed on as text: that is cheaper than to have the server print a double.
--
-- KEYS[1]       index of the partition: sorted set of keys by when each changes next
-- KEYS[2i]      of a key: hash of item id -> packed item; the empty field (no id is empty) -> header
-- KEYS[2i + 1]  of a key: sorted set of item ids by when each needs to be looked at next
-- ARGV[1]       now, milliseconds to live: doubles
-- ARGV[2…]      for each key: its name in the index; stage (a byte), occurredAt and weights
--               (doubles) of all its events; the events' item ids
-- Returns       for each key: when a total changes next; the header's VERSION to AHEAD; the totals
--
-- Times are epoch milliseconds, all numbers little-endian doubles (exact to 2^53).

local call, pack, unpack_from = redis.call, struct.pack, struct.unpack
local now, ttl = unpack_from('<dd', ARGV[1])
local index = KEYS[1]

local LAST_CHANGE = DEPARTURE - 2 ^ 51

local NUMBERS = '<' .. string.rep('d', STAGES + 1 + WEIGHTS)
local BLANK = string.rep(pack('<d', NEVER), STAGES) .. pack('<d', -NEVER)
local EVENT_BYTES = 9 + 8 * WEIGHTS

-- The header: HAPPENED and AHEAD, the newest time that has happened, and of all; NEWS, how many
-- events of the last step told any; behind the totals NEXT, when the first item needs to be looked
-- at; SWEEP, when some may have departed; RENEW, by the server's clock in microseconds, when the key
-- must be told again to live on.
local VERSION, AS_OF, NEWS, HAPPENED, AHEAD = 1, 2, 3, 4, 5
local NEXT, SWEEP, RENEW = TOTALS + 6, TOTALS + 7, TOTALS + 8
local HEADER = '<' .. string.rep('d', RENEW)
local ANSWER_BYTES = 8 * (5 + TOTALS)
local SWEEPS_PER_HOLD = 16
local RENEWAL_MICROS = 3600 * 1000000

local MOST_ARGUMENTS = 1000 -- Lua's stack takes only so many

-- A hybrid clock: it keeps growing when the store loses its data.
local time = call('TIME')
local clock = time[1] * 1000000 + time[2]

local function score(number) return string.format('%d', number) end

local function in_chunks(command, key, arguments)
  if #arguments == 0 then return end
  if #arguments <= MOST_ARGUMENTS then return call(command, key, unpack(arguments)) end
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
  local header = {}
  for i = 1, RENEW do header[i] = 0 end
  header[AS_OF], header[HAPPENED], header[AHEAD] = -NEVER, -NEVER, -NEVER
  header[NEXT], header[SWEEP] = NEVER, -NEVER
  return header
end

-- Moves time on: only items with an instant of their own since then can have changed.
local function move_on(header, items, queue, queued, before)
  local as_of = header[AS_OF]
  local ids = call('ZRANGEBYSCORE', queue, '-inf', score(as_of))
  for i, packed in ipairs(load_all(items, ids)) do
    queued[#queued + 1] = score(pass(header, before, as_of, unpack_from(NUMBERS, packed)))
    queued[#queued + 1] = ids[i]
  end
end

-- Drops what no event can name any more.
local function evict(header, items, queue)
  local departed = call('ZRANGEBYSCORE', queue, score(LAST_CHANGE), score(DEPARTURE + header[AS_OF]))
  if #departed > 0 then
    in_chunks('HDEL', items, departed)
    in_chunks('ZREM', queue, departed)
    header[RENEW] = 0 -- a queue that was emptied is gone, and with it what it was told
  end
  header[SWEEP] = header[AS_OF] + HOLD / SWEEPS_PER_HOLD
end

-- Lets items enter stages. Returns the changed ones, packed, by id.
local function store(header, queued, numbers, fields, found)
  local as_of, changed = header[AS_OF], {}
  for i = 2, #fields do
    local id, at = fields[i], 1 + (i - 2) * EVENT_BYTES
    local stage, time = unpack_from('<Bd', numbers, at)
    local held = changed[id] or found[i] or BLANK .. string.sub(numbers, at + 9, at + EVENT_BYTES - 1)
    local due, packed = enter(header, as_of, stage, time, unpack_from(NUMBERS, held))
    if due then
      header[NEWS] = header[NEWS] + 1
      queued[#queued + 1] = score(due)
      queued[#queued + 1] = id
      changed[id] = packed
    end
    if time > header[AHEAD] then header[AHEAD] = time end
  end
  return changed
end

-- Whether the totals differ at a later instant, given the items that change until then; and when
-- these need to be looked at next.
local function look_ahead(due, as_of, instant)
  local difference, soonest = new_header(), NEVER
  for _, packed in ipairs(due) do
    soonest = math.min(soonest, pass(difference, as_of, instant, unpack_from(NUMBERS, packed)))
  end
  for i = 6, 5 + TOTALS do
    if difference[i] ~= 0 then return true end
  end
  return false, soonest
end

-- The next instant at which a total changes, given the head of the queue. Where several items
-- change at once, what they do may cancel out; then a later instant is the one.
local function valid_until(items, queue, head, as_of)
  local instant = tonumber(head[2]) or NEVER
  if instant < LAST_CHANGE and head[4] ~= head[2] then return instant end
  while instant < LAST_CHANGE do
    local due = load_all(items, call('ZRANGEBYSCORE', queue, '-inf', score(instant)))
    local differs, next = look_ahead(due, as_of, instant)
    if differs then return instant end
    local later = call(
      'ZRANGEBYSCORE', queue, '(' .. score(instant), '+inf', 'WITHSCORES', 'LIMIT', 0, 1)
    instant = math.min(next, tonumber(later[2]) or NEVER)
  end
  return NEVER
end

local function write(packed_header, items, changed)
  local fields = {'', packed_header}
  for id, packed in pairs(changed) do
    fields[#fields + 1] = id
    fields[#fields + 1] = packed
  end
  in_chunks('HSET', items, fields)
end

local argument = 2
local moved = {} -- what to tell the index

-- The index follows every event. A key that time alone does not change is due at once: should the
-- function die before it publishes, and the events be late when they come again, a recalculation
-- publishes what they changed. A recalculation, a step without events, leaves the entry where it is
-- until its result is published: settle.lua moves it then.
local function tell_index(key, change, as_of)
  moved[#moved + 1] = score(change < NEVER and change or as_of)
  moved[#moved + 1] = key
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
  header[AS_OF], header[NEWS] = as_of, 0

  if as_of >= header[NEXT] then move_on(header, items, queue, queued, before) end
  if events == 0 or as_of >= header[SWEEP] then
    in_chunks('ZADD', queue, queued)
    queued = {}
    evict(header, items, queue)
  end
  local changed = store(header, queued, numbers, fields, found)
  in_chunks('ZADD', queue, queued)

  local head = call('ZRANGE', queue, 0, 1, 'WITHSCORES')
  local first = tonumber(head[2]) or NEVER
  header[VERSION] = math.max(header[VERSION] + 1, clock)
  header[NEXT] = first < LAST_CHANGE and first or NEVER
  local renews = clock >= header[RENEW]
  if renews then header[RENEW] = clock + RENEWAL_MICROS end
  local packed = pack(HEADER, unpack(header))
  write(packed, items, changed)
  if renews then
    call('PEXPIRE', items, ttl)
    call('PEXPIRE', queue, ttl)
  end
  local change = valid_until(items, queue, head, as_of)
  if events > 0 then tell_index(key, change, as_of) end
  return pack('<d', change) .. string.sub(packed, 1, ANSWER_BYTES)
end

local answers = {}
for i = 2, #KEYS, 2 do answers[#answers + 1] = step(KEYS[i], KEYS[i + 1]) end
in_chunks('ZADD', index, moved)
if #moved > 0 then call('PEXPIRE', index, ttl) end
return table.concat(answers)
