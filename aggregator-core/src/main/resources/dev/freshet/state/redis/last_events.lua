-- Stores events in the list of a key's last events and evicts the oldest beyond its size.
--
-- KEYS[1]  list of "<occurredAt> <value> <eventId>", oldest first
-- KEYS[2]  the key's version
-- ARGV[1]  most elements held; ARGV[2] milliseconds to live
-- ARGV[3…] new elements, oldest first, no two of one event
-- Returns  {version, number of duplicates, number of late events}

local list, version_key = KEYS[1], KEYS[2]
local size, ttl = tonumber(ARGV[1]), ARGV[2]

local function parse(element)
  local time, id = string.match(element, '^(%-?%d+) %-?%d+ (.*)$')
  return tonumber(time), id
end

-- Byte by byte: Lua's < on strings follows the server's locale.
local function compare_ids(a, b)
  for i = 1, math.min(#a, #b) do
    local difference = string.byte(a, i) - string.byte(b, i)
    if difference ~= 0 then return difference end
  end
  return #a - #b
end

local function compare(a, b)
  local time_a, id_a = parse(a)
  local time_b, id_b = parse(b)
  if time_a ~= time_b then return time_a - time_b end
  return compare_ids(id_a, id_b)
end

local function append_new()
  redis.call('RPUSH', list, unpack(ARGV, 3))
  redis.call('LTRIM', list, -size, -1)
  return 0, 0
end

-- Only for events that are not newer than all held: rewrites the list.
local function merge()
  local held = redis.call('LRANGE', list, 0, -1)
  local merged, is_new, duplicates = {}, {}, 0
  local h, n = 1, 3
  while h <= #held or n <= #ARGV do
    local order = h > #held and 1 or n > #ARGV and -1 or compare(held[h], ARGV[n])
    if order <= 0 then
      merged[#merged + 1] = held[h]
      h = h + 1
      if order == 0 then
        duplicates = duplicates + 1
        n = n + 1
      end
    else
      merged[#merged + 1] = ARGV[n]
      is_new[#merged] = true
      n = n + 1
    end
  end
  local first, late = math.max(1, #merged - size + 1), 0
  for i = 1, first - 1 do
    if is_new[i] then late = late + 1 end
  end
  if late + duplicates < #ARGV - 2 then
    redis.call('DEL', list)
    redis.call('RPUSH', list, unpack(merged, first))
  end
  return duplicates, late
end

local newest = redis.call('LINDEX', list, -1)
local duplicates, late
if not newest or compare(newest, ARGV[3]) < 0 then
  duplicates, late = append_new()
else
  duplicates, late = merge()
end
redis.call('PEXPIRE', list, ttl)

-- A hybrid clock: it keeps growing when the store loses its data.
local time = redis.call('TIME')
local clock = time[1] * 1000000 + time[2]
local version = math.max(tonumber(redis.call('GET', version_key) or '0') + 1, clock)
local text = string.format('%.0f', version)
redis.call('SET', version_key, text, 'PX', ttl)
return {text, duplicates, late}
