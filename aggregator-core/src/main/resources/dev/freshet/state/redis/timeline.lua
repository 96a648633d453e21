-- One step of the timelines of some keys: moves time on, then lets items enter
-- stages. The package dev.freshet.timeline explains the idea and is the same in Java.
--
-- TimelineScript writes the feature group's part in front of this text:
--   STAGES, WEIGHTS, TOTALS  numbers of an item's stages and weights, and of totals
--   HOLD                     milliseconds that an item is held after its newest event
--   NEVER                    the time of what has not happened
--   DEPARTURE                an item that will change no total any more waits in the same queue for
--                            its departure, behind all that will: its score is the departure plus
--                            this
--   pass(header, totals, since, as_of, numbers…)   counts what an item has come to add or to take
--                            off since an instant; returns when to look at it next
--   enter(header, totals, as_of, stage, time, numbers…)   lets an item enter a stage; returns when it
--                            was to be looked at, and when to look at it next, and the packed item;
--                            nothing if that was no news
--
-- An item is packed as its numbers: the times of its stages, the newest time of an event, weights.
-- A score is handed on as text: that is cheaper than to have the server print a double.
--
-- KEYS      for each partition: its index, a sorted set of keys by when each changes next; and for
--           each of its keys: hash of item id -> packed item, beside them two fields that no id can
--           be, the header and the totals; sorted set of item ids by when each needs to be looked at
--           next
-- ARGV      now, milliseconds to live: doubles. For each partition: the number of its keys; and for
--           each of them: its name in the index; stage (a byte), occurredAt and weights (doubles) of
--           all its events; the fields to read: the header's, the totals', and the items' ids
-- Returns   for each key: the header, the totals
--
-- Times are epoch milliseconds, all numbers little-endian doubles (exact to 2^53).

local KEYS, ARGV = KEYS, ARGV -- a global is dearer
local call, pack, unpack_from, format = redis.call, struct.pack, struct.unpack, string.format
local now, ttl = unpack_from('<dd', ARGV[1])

local LAST_CHANGE = DEPARTURE / 2

local NUMBERS = '<' .. string.rep('d', STAGES + 1 + WEIGHTS)
local BLANK = string.rep(pack('<d', NEVER), STAGES) .. pack('<d', -NEVER)
local EVENT_BYTES = 9 + 8 * WEIGHTS

-- The header: NEWS, how many events of the last step told any; HAPPENED and AHEAD, the newest time
-- that has happened, and of all; CHANGE, when a total changes next; NEXT, when the first item needs to
-- be looked at; SWEEP, when some may have departed. It has 64 bytes, and so have up to eight totals:
-- Redis keeps a hash in its compact form as long as no value is longer. That form is searched from
-- its start: a hash of many items is made to give it up by a header that is written once with more.
local VERSION, AS_OF, NEWS, HAPPENED, AHEAD, CHANGE, NEXT, SWEEP = 1, 2, 3, 4, 5, 6, 7, 8
local HEADER, OF_TOTALS = '<dddddddd', '<' .. string.rep('d', TOTALS)
local HEADER_FIELD, TOTALS_FIELD = '', '\255'
local SWEEPS_PER_HOLD = 16
local MOST_COMPACT = 64

local MOST_ARGUMENTS = 1000 -- Lua's stack takes only so many

local HOUR_MILLIS = 3600 * 1000

local function score(number) return format('%d', number) end

-- Lists of what a command is to be told. They serve one key after another, as Lua lets a list grow
-- at a price.
local queued, written, moved = {n = 0}, {n = 0}, {n = 0}

local function add(list, first, second)
  local n = list.n
  list[n + 1], list[n + 2], list.n = first, second, n + 2
end

local function in_chunks(command, key, list, last)
  if last == 0 then return end
  if last <= MOST_ARGUMENTS then return call(command, key, unpack(list, 1, last)) end
  for from = 1, last, MOST_ARGUMENTS do
    call(command, key, unpack(list, from, math.min(last, from + MOST_ARGUMENTS - 1)))
  end
end

local function tell(command, key, list)
  in_chunks(command, key, list, list.n)
  list.n = 0
end

-- What a hash holds in the fields that the list names from one place to another.
local function load(items, fields, from, last)
  if last - from < MOST_ARGUMENTS then
    return last < from and {} or call('HMGET', items, unpack(fields, from, last))
  end
  local found = {}
  for start = from, last, MOST_ARGUMENTS do
    local some = load(items, fields, start, math.min(last, start + MOST_ARGUMENTS - 1))
    for i = 1, #some do found[start - from + i] = some[i] end
  end
  return found
end

local function no_totals()
  local totals = {}
  for i = 1, TOTALS do totals[i] = 0 end
  return totals
end

local function new_header() return {0, -NEVER, 0, -NEVER, -NEVER, NEVER, NEVER, -NEVER} end

-- An item of which nothing has happened yet; its weights are the event's.
local function blank(numbers, at)
  if WEIGHTS == 0 then return BLANK end
  return BLANK .. string.sub(numbers, at + 9, at + EVENT_BYTES - 1)
end

-- Moves time on: only items with an instant of their own since then can have changed.
local function move_on(header, totals, items, queue, before)
  local as_of = header[AS_OF]
  local ids = call('ZRANGEBYSCORE', queue, '-inf', score(as_of))
  local found = load(items, ids, 1, #ids)
  for i = 1, #ids do
    local due = pass(header, totals, before, as_of, unpack_from(NUMBERS, found[i]))
    add(queued, score(due), ids[i])
  end
end

-- Drops what no event can name any more; says whether there was any, and whether much is left.
local function evict(header, items, queue)
  local departed = call('ZRANGEBYSCORE', queue, score(LAST_CHANGE), score(DEPARTURE + header[AS_OF]))
  if #departed > 0 then
    in_chunks('HDEL', items, departed, #departed)
    in_chunks('ZREM', queue, departed, #departed)
  end
  header[SWEEP] = header[AS_OF] + HOLD / SWEEPS_PER_HOLD
  return #departed > 0, call('HLEN', items) > MOST_COMPACT
end

-- Lets items enter stages. Returns whether it is known when the first item needs to be looked at:
-- that is so unless it was the first that has changed, or two are first.
local function store(header, totals, numbers, events, first, found)
  local as_of, sure = header[AS_OF], true
  local changed = events > 1 and {}
  for i = 1, events do
    local id, at = ARGV[first + 1 + i], 1 + (i - 1) * EVENT_BYTES
    local stage, time = unpack_from('<Bd', numbers, at)
    local held = changed and changed[id] or found[i + 2] or blank(numbers, at)
    local was, due, packed = enter(header, totals, as_of, stage, time, unpack_from(NUMBERS, held))
    if due then
      header[NEWS] = header[NEWS] + 1
      if due ~= was then add(queued, score(due), id) end
      add(written, id, packed)
      if changed then changed[id] = packed end
      local next = header[NEXT]
      if was <= next and was < NEVER or due == next then sure = false end
      if due < next and due < LAST_CHANGE then header[NEXT], header[CHANGE] = due, due end
    end
    if time > header[AHEAD] then header[AHEAD] = time end
  end
  return sure
end

-- Whether the totals differ at a later instant, given the items that change until then; and when
-- these need to be looked at next.
local function look_ahead(due, as_of, instant)
  local aside, difference, soonest = new_header(), no_totals(), NEVER
  for _, packed in ipairs(due) do
    local next = pass(aside, difference, as_of, instant, unpack_from(NUMBERS, packed))
    soonest = math.min(soonest, next)
  end
  for i = 1, TOTALS do
    if difference[i] ~= 0 then return true end
  end
  return false, soonest
end

-- The first of the instants from this one on at which totals change: where several items change at
-- once, what they do may cancel out.
local function change_from(instant, items, queue, as_of)
  while instant < LAST_CHANGE do
    local ids = call('ZRANGEBYSCORE', queue, '-inf', score(instant))
    local differs, next = look_ahead(load(items, ids, 1, #ids), as_of, instant)
    if differs then return instant end
    local later = call(
      'ZRANGEBYSCORE', queue, '(' .. score(instant), '+inf', 'WITHSCORES', 'LIMIT', 0, 1)
    instant = math.min(next, tonumber(later[2]) or NEVER)
  end
  return NEVER
end

-- Asks the queue when the first item needs to be looked at, and when a total changes next.
local function look_up(header, items, queue)
  local head = call('ZRANGE', queue, 0, 1, 'WITHSCORES')
  local first = tonumber(head[2]) or NEVER
  if first >= LAST_CHANGE then first = NEVER end
  header[NEXT], header[CHANGE] = first, first
  if first < NEVER and head[4] == head[2] then
    tell('HSET', items, written)
    header[CHANGE] = change_from(first, items, queue, header[AS_OF])
  end
end

-- The index follows every event. A key that time alone does not change is due at once: should the
-- function die before it publishes, and the events be late when they come again, a recalculation
-- publishes what they changed. A recalculation, a step without events, leaves the entry where it is
-- until its result is published: settle.lua moves it then.
local function tell_index(key, header)
  local change = header[CHANGE]
  add(moved, score(change < NEVER and change or header[AS_OF]), key)
end

local argument = 2

local function step(items, queue)
  local key, numbers, first = ARGV[argument], ARGV[argument + 1], argument + 2
  local events = #numbers / EVENT_BYTES
  argument = first + 2 + events

  local found = load(items, ARGV, first, first + 1 + events)
  local header = found[1] and {unpack_from(HEADER, found[1])}
  local totals = header and {unpack_from(OF_TOTALS, found[2])}
  if not header then
    header, totals = new_header(), no_totals()
    call('DEL', queue) -- of items that the server has evicted
  end
  local before, version, departed, is_large = header[AS_OF], header[VERSION]
  local as_of = before > now and before or now
  header[AS_OF], header[NEWS] = as_of, 0

  local moves = as_of >= header[NEXT]
  if moves then move_on(header, totals, items, queue, before) end
  if events == 0 or as_of >= header[SWEEP] then
    tell('ZADD', queue, queued)
    departed, is_large = evict(header, items, queue)
  end
  local sure = not moves and events > 0 and header[CHANGE] == header[NEXT]
  sure = store(header, totals, numbers, events, first, found) and sure
  tell('ZADD', queue, queued)
  if not sure then look_up(header, items, queue) end

  header[VERSION] = next_version(version)
  local packed, packed_totals = pack(HEADER, unpack(header)), pack(OF_TOTALS, unpack(totals))
  add(written, HEADER_FIELD, is_large and packed .. ' ' or packed)
  add(written, TOTALS_FIELD, packed_totals)
  tell('HSET', items, written)
  local renews = is_first_since(version, HOUR_MILLIS)
  if renews or departed then -- a queue that was emptied is gone, and with it what it was told
    call('PEXPIRE', items, ttl)
    call('PEXPIRE', queue, ttl)
  end
  if events > 0 then tell_index(key, header) end
  return renews, packed, packed_totals
end

local place, answers = 1, {}

-- Makes the steps of the keys of a partition, and tells its index.
local function steps()
  local index, renews = KEYS[place], false
  local last = place + 2 * ARGV[argument]
  argument = argument + 1
  for i = place + 1, last, 2 do
    local renewed, header, totals = step(KEYS[i], KEYS[i + 1])
    answers[#answers + 1], answers[#answers + 2] = header, totals
    renews = renews or renewed
  end
  if moved.n > 0 then
    local added = call('ZADD', index, unpack(moved, 1, moved.n))
    if renews or added > 0 then call('PEXPIRE', index, ttl) end
    moved.n = 0
  end
  place = last + 1
end

while place <= #KEYS do steps() end
return table.concat(answers)
