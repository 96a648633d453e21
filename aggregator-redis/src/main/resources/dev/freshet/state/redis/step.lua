-- Makes one step of some entities: appends their records, advances the clocks, and returns the part of
-- each list that the caller has not read yet. Computes no features: the caller does.
--
-- An entity is a list: a header, a snapshot, and the records since. The header is the version of the
-- step that made the snapshot, so no two snapshots of an entity have the same header. A new list begins
-- with an empty snapshot, which is a byte 0, and the negative version: its own step may put a snapshot. A
-- record begins with a tag, the version of the step that appended it modulo 2^32, so no two records of a
-- list are equal, even if a call is sent twice. The header of a large snapshot is one byte longer: a
-- script takes 20 times as long as LRANGE to return it, so the caller reads the list by itself.
--
-- A partition's clock also knows since when the newest declaration of the group is at work, so that a
-- function of an older one leaves snapshots to the others.
--
-- KEYS     for each partition: its clock; if time moves the group, its index of due keys; if the group has
--          history, its index of entities to archive; and the lists of its entities
-- ARGV[1]  doubles: the caller's clock in milliseconds; the time to live of a list in milliseconds; 1 if
--          time moves the group; the number of bytes after which no more lists are read; the instant since
--          which the caller's declaration is at work; if the group has history, when to archive an entity
--          to which a record is appended, else 0
-- ARGV     for each partition: the number of its entities; and for each entity: the record to append,
--          without its tag (empty: none); the place that the caller has read up to (the index of the last
--          record that it knows; an H and the header, if it knows only the snapshot; or empty, if it knows
--          nothing); and, if time moves the group, its name in the index, and when to recalculate it
--          (empty: never)
-- Returns  for each partition: its version and its instant (doubles); a byte (0; 1: a newer declaration is
--          at work; 2: the clock is new, so the state may have been lost); a byte (1 if the index had no
--          entry for one of the entities); and for each entity a byte (0: the elements from the caller's
--          place, 1: the whole list, 2: not read, ask again, 3: too large, read the list and ask again), the
--          number of elements, and the elements one after another, without the record that this call
--          appended.
local call, pack, unpack_from, byte, sub = redis.call, struct.pack, struct.unpack, string.byte, string.sub
local KEYS, ARGV = KEYS, ARGV -- locals are faster than globals
local now, ttl_millis, moves, budget, declared, archive_at = unpack_from('<dddddd', ARGV[1])
local TAIL, WHOLE, UNREAD, LARGE = 0, 1, 2, 3
local H = byte('H')
local FIRST_RECORD = '2'
local USUAL_HEADER_BYTES = 8
local MOST_RECORDS = 64 -- of a tail
-- Texts: passing a number to a command is slow.
local TTL = string.format('%.0f', ttl_millis)
local ARCHIVE_AT = archive_at > 0 and string.format('%.0f', archive_at)
local CLOCK_TTL = string.format('%.0f', math.max(ttl_millis, 30 * 24 * 3600 * 1000))

local time = call('TIME')
local micros = time[1] * 1000000 + time[2]
local answers, size, read = {}, 0, 0

local function append(value)
  size = size + 1
  answers[size] = value
end

-- Advances a partition's clock. The version is one more than the last, or the server's time if that is
-- greater; the instant never goes back, even if a function's clock is behind.
local function tick(clock)
  local last = call('GET', clock)
  local version, instant, newest, state = 0, now, declared, 2
  if last then
    version, instant, newest = unpack_from('<ddd', last)
    state = newest > declared and 1 or 0
  end
  version = math.max(version + 1, micros)
  instant = math.max(instant, now)
  call('SET', clock, pack('<ddd', version, instant, math.max(newest, declared)), 'PX', CLOCK_TTL)
  append(pack('<ddB', version, instant, state))
  return version
end

local HEADS = {} -- of short answers: most have no element, or one

local function head(kind, number)
  if number > 1 then return pack('<BI4', kind, number) end
  local key = 2 * kind + number
  HEADS[key] = HEADS[key] or pack('<BI4', kind, number)
  return HEADS[key]
end

local function answer(kind, elements)
  append(head(kind, #elements))
  for i = 1, #elements do
    local element = elements[i]
    read = read + #element
    answers[size + i] = element
  end
  size = size + #elements
end

-- Returns the elements from a place on; nothing if the list has been replaced. A record at the place is
-- included: the caller compares it, to find out whether a snapshot has moved the records.
local function tail(list, place, last)
  if byte(place) == H then
    return call('LINDEX', list, '0') == sub(place, 2) and call('LRANGE', list, FIRST_RECORD, last)
  end
  local elements = call('LRANGE', list, place, last)
  return #elements > 0 and elements
end

local function is_long(list, place, length)
  local from = byte(place) == H and FIRST_RECORD or place
  return (length or call('LLEN', list)) - from > MOST_RECORDS
end

-- Returns whether the whole list was read, or must be. That renews the time to live of keys in use: each
-- caller does so at least once an hour. An entity with history may expire once it is archived, so each
-- record renews its time, and no reader does.
local function step(list, record, place, version, tag)
  local last, length = '-1', nil
  if record ~= '' then
    last = '-2'
    length = call('RPUSH', list, tag .. record)
    if length == 1 then
      call('LPUSH', list, '\0', pack('<d', -version))
      place = ''
    end
    if ARCHIVE_AT or length == 1 then call('PEXPIRE', list, TTL) end
  end
  if read > budget then return answer(UNREAD, {}) end
  local is_large = place ~= '' and is_long(list, place, length)
  local elements = place ~= '' and not is_large and tail(list, place, last)
  if elements then return answer(TAIL, elements) end
  if not ARCHIVE_AT then call('PEXPIRE', list, TTL) end
  local header = not is_large and call('LINDEX', list, '0')
  if is_large or header and #header > USUAL_HEADER_BYTES then
    answer(LARGE, {})
  else
    answer(WHOLE, call('LRANGE', list, '0', last))
  end
  return true
end

local key, argument = 1, 2

local function steps()
  local entities, index, due, renews = tonumber(ARGV[argument]), nil, {}, false
  local archive, changed
  local version = tick(KEYS[key])
  argument, key = argument + 1, key + 1
  if moves == 1 then index, key = KEYS[key], key + 1 end
  if ARCHIVE_AT then archive, changed, key = KEYS[key], {}, key + 1 end
  append('\0')
  local flag, tag = size, pack('<I4', version % 4294967296)
  for i = key, key + entities - 1 do
    renews = step(KEYS[i], ARGV[argument], ARGV[argument + 1], version, tag) or renews
    argument = argument + 2
    if index then
      if changed and ARGV[argument - 2] ~= '' then
        changed[#changed + 1], changed[#changed + 2] = ARCHIVE_AT, ARGV[argument]
      end
      if ARGV[argument + 1] ~= '' then
        due[#due + 1], due[#due + 2] = ARGV[argument + 1], ARGV[argument]
      end
      argument = argument + 2
    end
  end
  key = key + entities
  if #due > 0 then
    local added = call('ZADD', index, 'LT', unpack(due))
    if added > 0 then answers[flag] = '\1' end
    if renews or added > 0 then call('PEXPIRE', index, TTL) end
  end
  if changed and #changed > 0 and call('ZADD', archive, 'NX', unpack(changed)) > 0 then
    call('PEXPIRE', archive, TTL)
  end
end

while key <= #KEYS do steps() end
return table.concat(answers)
