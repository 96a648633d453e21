-- One step of the timelines of some keys of a partition: moves time on, then lets items enter
-- stages. The package dev.freshet.timeline explains the idea and is the same in Java.
--
-- The head of a key is one string: a header, and a record for each item, by when each is due, that
-- is, needs to be looked at next. So what is due is in front; an item is found by its digest; and
-- all that most keys hold is read and written in one piece.
--
-- A head of more than MOST records puts those that are due last away, as pages of PAGE records. A
-- page comes back as a whole when its first record is due; a record alone, when an event names its
-- item. So the work of an event does not grow with what is held.
--
-- TimelineScript writes the feature group's part in front of this text:
--   STAGES, WEIGHTS, TOTALS  numbers of an item's stages and weights, and of totals
--   HOLD                     milliseconds that an item is held after its newest event
--   NEVER                    the time of what has not happened
--   DEPARTURE                an item that will change no total any more waits for its departure,
--                            behind all that will: it is due at the departure plus this
--   pass(header, since, as_of, numbers…)          counts what the numbers of a record have come to
--                            add or to take off since an instant; returns when it is due next
--   enter(header, as_of, stage, time, numbers…)   lets an item enter a stage; returns when it is
--                            due next, and the record's front; nothing if that was no news
--
-- KEYS[1]        index of the partition: sorted set of keys by when each changes next
-- KEYS[i + 1]    head of a key; its pages and their turns, when they are due, lie beside it
-- ARGV[1]        now, a double; ARGV[2] milliseconds to live
-- ARGV[2i + 1]   of each key: its name in the index; ARGV[2i + 2] its events: of each the weights
--                (doubles), the digest of the item's id (16 bytes), the stage (a byte), the time
-- Returns        of each key the header's VERSION to NEWS, and the totals
--
-- Times are epoch milliseconds, all numbers little-endian doubles (exact to 2^53).

local MOST, PAGE, CHUNK = 128, 64, 128
local SWEEPS_PER_HOLD = 16

local call, pack, unpack_from = redis.call, struct.pack, struct.unpack
local sub, find, floor = string.sub, string.find, math.floor
local now, ttl, index = unpack_from('<d', ARGV[1]), ARGV[2], KEYS[1]

-- A record: when it is due, the times of the stages, the newest time of an event (the front);
-- weights; the digest. What it has of numbers is all but the digest.
local FRONT = 8 * (STAGES + 2)
local DIGEST = FRONT + 8 * WEIGHTS
local RECORD = DIGEST + 16
local NUMBERS = '<' .. string.rep('d', STAGES + 2 + WEIGHTS)
local BLANK = pack('<d', 0) .. string.rep(pack('<d', NEVER), STAGES) .. pack('<d', -NEVER)
local EVENT = 8 * WEIGHTS + 25
local LAST_CHANGE = DEPARTURE - 2 ^ 51

-- The header: HELD, the number of items; HAPPENED and AHEAD, the newest time that has happened, and
-- of all; CHANGE, when a total changes next; NEWS, how many events of the last step told any; behind
-- the totals SWEEP, when some items may have departed; TURN, when the first page is due, NEVER if
-- there are none; NUMBER, of the last page.
local VERSION, HELD, AS_OF, HAPPENED, AHEAD, CHANGE, NEWS = 1, 2, 3, 4, 5, 6, 7
local SWEEP, TURN, NUMBER = TOTALS + 8, TOTALS + 9, TOTALS + 10
local HEADER = '<' .. string.rep('d', NUMBER)
local HEADER_BYTES, ANSWER_BYTES = 8 * NUMBER, 8 * (7 + TOTALS)

-- A hybrid clock: it keeps growing when the store loses its data.
local time = call('TIME')
local clock = time[1] * 1000000 + time[2]

-- The key at hand.
local header, records, as_of, pages, turns

local function integer(number) return string.format('%.0f', number) end

local function due_at(some, at)
  return at < #some and unpack_from('<d', some, at) or NEVER
end

-- How many of the records are due by an instant.
local function due_by(instant)
  local low, high = 0, #records / RECORD
  while low < high do
    local middle = floor((low + high) / 2)
    if unpack_from('<d', records, middle * RECORD + 1) <= instant then
      low = middle + 1
    else
      high = middle
    end
  end
  return low
end

-- Removes the records from the first one, counted from 0, to before the last one.
local function cut(some, first, last)
  return sub(some, 1, first * RECORD) .. sub(some, last * RECORD + 1)
end

local function put(due, record)
  local at = due_by(due) * RECORD
  records = sub(records, 1, at) .. record .. sub(records, at + 1)
end

-- Where the record of an item starts. Numbers may look like a digest; then it is not in its place.
local function position(some, digest)
  local at = find(some, digest, 1, true)
  while at and (at - 1 - DIGEST) % RECORD ~= 0 do at = find(some, digest, at + 1, true) end
  return at and at - DIGEST
end

-- Two lists of records as one. They come in runs.
local function merged(a, b)
  local runs = {}
  local from, other, from_other = 1, b, 1
  while from < #a do
    local limit, to = due_at(other, from_other), from
    while to < #a and unpack_from('<d', a, to) <= limit do to = to + RECORD end
    runs[#runs + 1] = sub(a, from, to - 1)
    a, from, other, from_other = other, from_other, a, to
  end
  runs[#runs + 1] = sub(other, from_other)
  return table.concat(runs)
end

local function digests_of(page)
  local digests = {}
  for at = 1 + DIGEST, #page, RECORD do digests[#digests + 1] = sub(page, at, at + 15) end
  return digests
end

local function look_up_turn()
  header[TURN] = tonumber(call('ZRANGE', turns, 0, 0, 'WITHSCORES')[2]) or NEVER
end

local function bring_back(number)
  local page = call('HGET', pages, number)
  call('HDEL', pages, number, unpack(digests_of(page)))
  call('ZREM', turns, number)
  look_up_turn()
  records = merged(records, page)
end

local function bring_back_first() bring_back(call('ZRANGE', turns, 0, 0)[1]) end

local function put_away()
  while #records > MOST * RECORD do
    local page = sub(records, -PAGE * RECORD)
    records = sub(records, 1, -PAGE * RECORD - 1)
    header[NUMBER] = header[NUMBER] + 1
    local number, due = integer(header[NUMBER]), due_at(page, 1)
    local fields = {number, page}
    for _, digest in ipairs(digests_of(page)) do
      fields[#fields + 1] = digest
      fields[#fields + 1] = number
    end
    call('HSET', pages, unpack(fields))
    call('ZADD', turns, integer(due), number)
    if header[TURN] == NEVER then
      call('PEXPIRE', pages, ttl)
      call('PEXPIRE', turns, ttl)
    end
    header[TURN] = math.min(header[TURN], due)
  end
end

-- Takes the records that events name out of their pages.
local function recall(events, from, to)
  local digests, changed = {}, {}
  for at = from + 8 * WEIGHTS, to, EVENT do digests[#digests + 1] = sub(events, at, at + 15) end
  for i, number in ipairs(call('HMGET', pages, unpack(digests))) do
    local page = number and (changed[number] or call('HGET', pages, number))
    local at = page and position(page, digests[i])
    if at then
      local first = (at - 1) / RECORD
      put(due_at(page, at), sub(page, at, at + RECORD - 1))
      changed[number] = cut(page, first, first + 1)
      call('HDEL', pages, digests[i])
    end
  end
  for number, page in pairs(changed) do
    if page == '' then
      call('HDEL', pages, number)
      call('ZREM', turns, number)
    else
      call('HSET', pages, number, page)
      call('ZADD', turns, integer(due_at(page, 1)), number)
    end
  end
  if next(changed) then look_up_turn() end
end

-- Only items with an instant of their own since then can have changed.
local function pass_due(since)
  local at, passed = 1, {}
  while due_at(records, at) <= as_of do
    local due = pass(header, since, as_of, unpack_from(NUMBERS, records, at))
    passed[#passed + 1] = due
    passed[#passed + 1] = pack('<d', due) .. sub(records, at + 8, at + RECORD - 1)
    at = at + RECORD
  end
  if at > 1 then records = sub(records, at) end
  for i = 1, #passed, 2 do put(passed[i], passed[i + 1]) end
end

local function move_on(since)
  pass_due(since)
  while header[TURN] <= as_of do
    bring_back_first()
    pass_due(since)
    put_away()
  end
end

local function drop_departed()
  local first, last = due_by(LAST_CHANGE), due_by(DEPARTURE + as_of)
  if last > first then
    records = cut(records, first, last)
    header[HELD] = header[HELD] - (last - first)
  end
end

-- Drops what no event can name any more.
local function sweep()
  drop_departed()
  if header[TURN] < NEVER then
    for _, number in ipairs(call(
      'ZRANGEBYSCORE', turns, integer(LAST_CHANGE), integer(DEPARTURE + as_of))) do
      bring_back(number)
      drop_departed()
    end
  end
  header[SWEEP] = as_of + HOLD / SWEEPS_PER_HOLD
end

local function store(events, at)
  local tail = sub(events, at, at + 8 * WEIGHTS + 15)
  local stage, time = unpack_from('<Bd', events, at + 8 * WEIGHTS + 16)
  if time > header[AHEAD] then header[AHEAD] = time end
  local held, due, front = position(records, sub(tail, -16))
  if held then
    due, front = enter(header, as_of, stage, time, unpack_from(NUMBERS, records, held))
    if not due then return end
    tail = sub(records, held + FRONT, held + RECORD - 1)
    records = sub(records, 1, held - 1) .. sub(records, held + RECORD)
  else
    due, front = enter(header, as_of, stage, time, unpack_from(NUMBERS, BLANK .. tail))
    header[HELD] = header[HELD] + 1
  end
  header[NEWS] = header[NEWS] + 1
  put(due, front .. tail)
end

local function store_all(events)
  for from = 1, #events, CHUNK * EVENT do
    local to = math.min(#events, from + CHUNK * EVENT - 1)
    if header[TURN] < NEVER then recall(events, from, to) end
    for at = from, to, EVENT do store(events, at) end
    put_away()
  end
end

-- Whether the totals differ at a later instant, and when what is due until then is due next.
local function look_ahead(instant)
  local at, soonest, difference = 1, NEVER, {}
  for i = 1, 7 + TOTALS do difference[i] = 0 end
  difference[HAPPENED] = NEVER
  while due_at(records, at) <= instant do
    local due = pass(difference, as_of, instant, unpack_from(NUMBERS, records, at))
    soonest = math.min(soonest, due)
    at = at + RECORD
  end
  for i = 8, 7 + TOTALS do
    if difference[i] ~= 0 then return true end
  end
  return false, math.min(soonest, due_at(records, at), header[TURN])
end

-- The next instant at which a total changes. Where several items change at once, what they do may
-- cancel out; then a later instant is the one.
local function valid_until()
  local instant = math.min(due_at(records, 1), header[TURN])
  if instant < header[TURN] and instant < due_at(records, 1 + RECORD) then
    return instant < LAST_CHANGE and instant or NEVER
  end
  while instant < LAST_CHANGE do
    while header[TURN] <= instant do bring_back_first() end
    local differs, later = look_ahead(instant)
    if differs then return instant end
    instant = later
  end
  return NEVER
end

local function start_anew()
  header = {}
  for i = 1, NUMBER do header[i] = 0 end
  header[AS_OF], header[HAPPENED], header[AHEAD] = -NEVER, -NEVER, -NEVER
  header[SWEEP], header[TURN] = -NEVER, NEVER
  records = ''
  call('DEL', pages, turns) -- of a head that the server has evicted
end

local function open(head, state)
  local name = sub(head, 1, -1 - #'head')
  pages, turns = name .. 'pages', name .. 'turns'
  if not state then return start_anew() end
  header, records = {unpack_from(HEADER, state)}, sub(state, HEADER_BYTES + 1)
  if header[TURN] < NEVER and call('PEXPIRE', pages, ttl) + call('PEXPIRE', turns, ttl) < 2 then
    start_anew() -- the server has evicted a part
  end
end

local function step(head, state, events)
  open(head, state)
  local since = header[AS_OF]
  as_of = math.max(since, now)
  header[AS_OF], header[NEWS] = as_of, 0
  move_on(since)
  if events == '' or as_of >= header[SWEEP] then sweep() end
  store_all(events)
  header[CHANGE] = valid_until()
  put_away()
  header[VERSION] = math.max(header[VERSION] + 1, clock)
  local packed = pack(HEADER, unpack(header))
  call('SET', head, packed .. records, 'PX', ttl)
  return sub(packed, 1, ANSWER_BYTES)
end

local answers = {}
local moved, settled = {}, {} -- what to tell the index

-- The index follows every event. A recalculation, a step without events, leaves the entry where it
-- is until its result is published: settle.lua moves it then.
local function tell_index(key)
  if header[CHANGE] < NEVER then
    moved[#moved + 1] = integer(header[CHANGE])
    moved[#moved + 1] = key
  else
    settled[#settled + 1] = key
  end
end

local states = call('MGET', unpack(KEYS, 2))
for i, state in ipairs(states) do
  local events = ARGV[2 * i + 2]
  answers[i] = step(KEYS[i + 1], state, events)
  if events ~= '' then tell_index(ARGV[2 * i + 1]) end
end
if #moved > 0 then
  call('ZADD', index, unpack(moved))
  call('PEXPIRE', index, ttl)
end
if #settled > 0 then call('ZREM', index, unpack(settled)) end
return table.concat(answers)
