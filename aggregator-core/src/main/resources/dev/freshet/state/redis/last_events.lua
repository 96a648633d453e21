-- Stores events among the last events of some keys and evicts the oldest beyond their number. Of an
-- id that comes with several times, the latest counts.
--
-- KEYS[2i - 1]  the values of a key: version and newest time, doubles; the number of events held, the
--               place of the oldest and the size of the ring, 2 bytes each; then the ring of values,
--               8 bytes each
-- KEYS[2i]      list of its events, oldest first: an element for the id and one for the time, a double
--               behind a byte that no id has
-- ARGV[1]       most events held; ARGV[2] milliseconds to live at least
-- ARGV[i + 2]   new events of the key, oldest first, no two of one id, no more than are held:
--               their number, 2 bytes; their values; their times; their ids, each behind its length
--               of 2 bytes
-- Returns       for each key: version and newest time, doubles; the numbers of events held, the
--               place of the oldest, of duplicates and of late events, 2 bytes each; the ring
--
-- Little-endian. Redis' Lua hashes every byte of a string that it makes: what is long is therefore
-- changed in place and read once.

local KEYS, ARGV = KEYS, ARGV -- a global is dearer
local size, ttl = tonumber(ARGV[1]), tonumber(ARGV[2])
local call, pack, unpack_from, sub = redis.call, struct.pack, struct.unpack, string.sub
local HEAD, HEAD_BYTES, HEAD_END = '<ddHHH', 22, '21'
local MOST_EVENTS = 500 -- Lua's stack takes only so many arguments, two for each
local NO_ID = '\255'

-- As the server wants its numbers: it would print a double at twice the price.
local function text(number) return string.format('%d', number) end

-- Times, ids and values of new events.
local function unpacked(packed)
  local count = unpack_from('<H', packed)
  local values, times = 3, 3 + 8 * count
  local events, id = {}, times + 8 * count
  for i = 1, count do
    local length = unpack_from('<H', packed, id)
    local at = 8 * (i - 1)
    events[i] = {
      time = unpack_from('<d', packed, times + at),
      id = sub(packed, id + 2, id + 1 + length),
      value = sub(packed, values + at, values + at + 7),
    }
    id = id + 2 + length
  end
  return events
end

-- Byte by byte: Lua's < on strings follows the server's locale.
local function compare_ids(a, b)
  for i = 1, math.min(#a, #b) do
    local difference = string.byte(a, i) - string.byte(b, i)
    if difference ~= 0 then return difference end
  end
  return #a - #b
end

local function order(a, b)
  if not a then return 1 end
  if not b then return -1 end
  if a.time ~= b.time then return a.time - b.time end
  return compare_ids(a.id, b.id)
end

local function push(list, events, first)
  for from = first, #events, MOST_EVENTS do
    local elements, n = {}, 0
    for i = from, math.min(#events, from + MOST_EVENTS - 1) do
      elements[n + 1], elements[n + 2] = events[i].id, NO_ID .. pack('<d', events[i].time)
      n = n + 2
    end
    call('RPUSH', list, unpack(elements))
  end
end

local function put(values, place, events, from, to)
  local piece = {}
  for i = from, to do piece[#piece + 1] = events[i].value end
  if #piece > 0 then call('SETRANGE', values, text(HEAD_BYTES + 8 * place), table.concat(piece)) end
end

local function any_held(list, new)
  for i = 1, #new do
    if call('LPOS', list, new[i].id) then return true end
  end
  return false
end

-- The usual case: all new events are newer than all held, and none is held already. Returns how many are held, and where the
-- oldest is.
local function append(values, list, count, oldest, new)
  local next = (oldest + count) % size
  local before_end = math.min(#new, size - next)
  put(values, next, new, 1, before_end)
  put(values, 0, new, before_end + 1, #new)
  push(list, new, 1)
  local evicted = math.max(0, count + #new - size)
  if evicted > 0 then call('LTRIM', list, text(-2 * size), '-1') end
  return count + #new - evicted, (oldest + evicted) % size
end

local function held_events(values, list, oldest, ring_size)
  local ring = call('GETRANGE', values, text(HEAD_BYTES), '-1')
  local events, elements = {}, call('LRANGE', list, '0', '-1')
  for i = 1, #elements / 2 do
    local at = 8 * ((oldest + i - 1) % ring_size)
    events[i] = {
      time = unpack_from('<d', elements[2 * i], 2),
      id = elements[2 * i - 1],
      value = sub(ring, at + 1, at + 8),
    }
  end
  return events
end

-- The held and the new events without those of which the other list has a later time, or the same;
-- and how many of the new were left out.
local function latest_of_each(held, new)
  local times, replaced, kept, fresh = {}, {}, {}, {}
  for i = 1, #held do times[held[i].id] = held[i].time end
  for i = 1, #new do
    local id, known = new[i].id, times[new[i].id]
    if not known or known < new[i].time then
      fresh[#fresh + 1] = new[i]
      replaced[id] = known
    end
  end
  for i = 1, #held do
    if not replaced[held[i].id] then kept[#kept + 1] = held[i] end
  end
  return kept, fresh, #new - #fresh
end

-- Any other case rewrites all. Returns the newest time, how many are held, duplicates, late events.
local function merge(values, list, held, new)
  local kept, fresh, duplicates = latest_of_each(held, new)
  local merged, is_new = {}, {}
  local h, n = 1, 1
  while kept[h] or fresh[n] do
    if order(kept[h], fresh[n]) < 0 then
      merged[#merged + 1] = kept[h]
      h = h + 1
    else
      merged[#merged + 1] = fresh[n]
      is_new[#merged] = true
      n = n + 1
    end
  end
  local first, late = math.max(1, #merged - size + 1), 0
  for i = 1, first - 1 do
    if is_new[i] then late = late + 1 end
  end
  call('DEL', list)
  push(list, merged, first)
  put(values, 0, merged, first, #merged)
  return merged[#merged].time, #merged - first + 1, duplicates, late
end

-- A key is told to live on once an hour, or in a hundredth of the time to live where that is
-- shorter; so much longer it lives.
local PERIOD_MILLIS = math.min(3600 * 1000, math.ceil(ttl / 100))

local function live_on(key) call('PEXPIRE', key, text(ttl + PERIOD_MILLIS)) end

local answers = {}

local function answer(values, count, ...)
  answers[#answers + 1] = pack('<ddHHHH', ...)
  answers[#answers + 1] =
    call('GETRANGE', values, text(HEAD_BYTES), text(HEAD_BYTES + 8 * count - 1))
end

local function step(values, list, packed)
  local new, head = unpacked(packed), call('GETRANGE', values, '0', HEAD_END)
  local version, newest, count, oldest, ring_size = 0, -math.huge, 0, 0, size
  local duplicates, late, rewritten = 0, 0, false
  if head == '' then
    call('DEL', list) -- of values that the server has evicted
  else
    version, newest, count, oldest, ring_size = unpack_from(HEAD, head)
  end
  -- A group that is declared anew may hold more or fewer.
  if newest < new[1].time and ring_size == size and not any_held(list, new) then
    count, oldest = append(values, list, count, oldest, new)
    newest = new[#new].time
  else
    local held = held_events(values, list, oldest, ring_size)
    newest, count, duplicates, late = merge(values, list, held, new)
    oldest, rewritten = 0, true
  end
  if is_first_since(version, PERIOD_MILLIS) or rewritten then
    live_on(values)
    live_on(list)
  end
  version = next_version(version)
  call('SETRANGE', values, '0', pack(HEAD, version, newest, count, oldest, size))
  answer(values, count, version, newest, count, oldest, duplicates, late)
end

for i = 1, #KEYS / 2 do step(KEYS[2 * i - 1], KEYS[2 * i], ARGV[i + 2]) end
return table.concat(answers)
