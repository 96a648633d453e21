-- Stores events among the last events of some keys and evicts the oldest beyond their number.
--
-- A list of events is one string, oldest first: the number of events and the length of the newest
-- id, 2 bytes each; the values, 8 bytes each; the times, 8 bytes each; the ids, each behind its
-- length of 2 bytes. Little-endian, times as doubles. The state is an 8-byte version and a list.
--
-- KEYS[i]      the state of a key
-- ARGV[1]      most events held; ARGV[2] milliseconds to live
-- ARGV[i + 2]  list of new events of KEYS[i]: no two of one event, no more than are held
-- Returns      for each key: version and newest time, doubles; the numbers of events held, of
--              duplicates and of late events, 2 bytes each; the values held

local size, ttl = tonumber(ARGV[1]), ARGV[2]
local pack, unpack_at, sub = struct.pack, struct.unpack, string.sub

-- A list inside a string: where its parts start.
local function list_at(text, start)
  local count, newest_length = unpack_at('<HH', text, start)
  local values = start + 4
  return {
    text = text, count = count, newest_length = newest_length,
    values = values, times = values + 8 * count, ids = values + 16 * count,
  }
end

local function joined(count, newest_length, values, times, ids)
  return pack('<HH', count, newest_length) .. values .. times .. ids
end

-- Byte by byte: Lua's < on strings follows the server's locale.
local function compare_ids(a, b)
  for i = 1, math.min(#a, #b) do
    local difference = string.byte(a, i) - string.byte(b, i)
    if difference ~= 0 then return difference end
  end
  return #a - #b
end

local function is_behind(new, held)
  local newest_time = unpack_at('<d', held.text, held.ids - 8)
  local oldest_new = unpack_at('<d', new.text, new.times)
  if newest_time ~= oldest_new then return newest_time < oldest_new end
  local length = unpack_at('<H', new.text, new.ids)
  local oldest_new_id = sub(new.text, new.ids + 2, new.ids + 1 + length)
  return compare_ids(sub(held.text, -held.newest_length), oldest_new_id) < 0
end

local function append(held, new)
  local evicted = math.max(0, held.count + new.count - size)
  local ids = held.ids
  for _ = 1, evicted do ids = ids + 2 + unpack_at('<H', held.text, ids) end
  return joined(
    held.count + new.count - evicted,
    new.newest_length,
    sub(held.text, held.values + 8 * evicted, held.times - 1) .. sub(new.text, new.values, new.times - 1),
    sub(held.text, held.times + 8 * evicted, held.ids - 1) .. sub(new.text, new.times, new.ids - 1),
    sub(held.text, ids) .. sub(new.text, new.ids))
end

local function events_of(list)
  local events, id = {}, list.ids
  for i = 0, list.count - 1 do
    local length = unpack_at('<H', list.text, id)
    local time = list.times + 8 * i
    local value = list.values + 8 * i
    events[i + 1] = {
      time = unpack_at('<d', list.text, time),
      id = sub(list.text, id + 2, id + 1 + length),
      packed_time = sub(list.text, time, time + 7),
      value = sub(list.text, value, value + 7),
    }
    id = id + 2 + length
  end
  return events
end

local function list_of(events, first)
  local values, times, ids = {}, {}, {}
  for i = first, #events do
    local event = events[i]
    values[#values + 1] = event.value
    times[#times + 1] = event.packed_time
    ids[#ids + 1] = pack('<H', #event.id) .. event.id
  end
  return joined(
    #values, #events[#events].id, table.concat(values), table.concat(times), table.concat(ids))
end

local function order(a, b)
  if not a then return 1 end
  if not b then return -1 end
  if a.time ~= b.time then return a.time - b.time end
  return compare_ids(a.id, b.id)
end

-- Only for events that are not newer than all held. Returns the list, duplicates, late events.
local function merge(held_list, new_list)
  local held, new = events_of(held_list), events_of(new_list)
  local merged, is_new, duplicates = {}, {}, 0
  local h, n = 1, 1
  while held[h] or new[n] do
    local which = order(held[h], new[n])
    if which <= 0 then
      merged[#merged + 1] = held[h]
      h = h + 1
      if which == 0 then
        duplicates = duplicates + 1
        n = n + 1
      end
    else
      merged[#merged + 1] = new[n]
      is_new[#merged] = true
      n = n + 1
    end
  end
  local first, late = math.max(1, #merged - size + 1), 0
  for i = 1, first - 1 do
    if is_new[i] then late = late + 1 end
  end
  return list_of(merged, first), duplicates, late
end

-- A hybrid clock: it keeps growing when the store loses its data.
local time = redis.call('TIME')
local clock = time[1] * 1000000 + time[2]

local function step(key, new_text)
  local state = redis.call('GET', key)
  local list, version, duplicates, late = new_text, clock, 0, 0
  if state then
    local held, new = list_at(state, 9), list_at(new_text, 1)
    version = math.max(unpack_at('<d', state) + 1, clock)
    if is_behind(new, held) then
      list = append(held, new)
    else
      list, duplicates, late = merge(held, new)
    end
  end
  redis.call('SET', key, pack('<d', version) .. list, 'PX', ttl)
  local kept = list_at(list, 1)
  local newest = unpack_at('<d', list, kept.ids - 8)
  return pack('<ddHHH', version, newest, kept.count, duplicates, late)
    .. sub(list, kept.values, kept.times - 1)
end

local answers = {}
for i = 1, #KEYS do answers[i] = step(KEYS[i], ARGV[i + 2]) end
return table.concat(answers)
