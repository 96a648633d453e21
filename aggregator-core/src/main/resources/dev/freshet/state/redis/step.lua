-- One step of some entities: appends what came, moves the clocks on, and answers with what the
-- caller does not know yet. Nothing is computed here: that is Java's.
--
-- An entity is a list: a header, a snapshot, and the records since. The header is the version of the
-- step that made the snapshot, so no two snapshots of an entity have the same. An empty list begins
-- with an empty snapshot, which is a byte 0.
--
-- A partition's clock also names the generation of the group's state there: the fingerprint of its
-- declaration and how many came before. Lists have it in their keys. A caller with another fingerprint
-- begins the next generation, if it may; what was set aside misses events, so it is never taken up
-- again, not even by a roll-back.
--
-- KEYS     for each partition: its clock; if time moves the group, its index of due instants; and the
--          lists of its entities
-- ARGV[1]  doubles: the caller's clock in milliseconds, milliseconds to live of a list, 1 if time
--          moves the group, bytes after which no more is read, 1 if the caller may begin a generation
-- ARGV[2]  the fingerprint of the caller's declaration
-- ARGV     for each partition: the generation that the caller knows; the number of its entities; and for
--          each of them: the record to append
--          (none if empty); the header that the caller knows (none if empty); the index of the first
--          element to answer with if that is still the header; and if time moves the group: its name
--          in the index, and when to look at it again (nothing if empty)
-- Returns  for each partition: its version and its instant (doubles), and a byte: 0 if the generation is
--          the one that the caller knows; else nothing was done, and the number of bytes and the name of
--          the generation follow: 1 if it was there, 2 if the caller has just begun it, 3 if it is of
--          another declaration and the caller may not begin one.
--          If it was 0: a byte (1 if the index had no entry of one of the entities); and for each entity:
--          a byte (0: elements behind the known ones, 1: the whole list, 2: not read, ask again),
--          the number of bytes that follow, and the elements, one behind the other

local call, pack, unpack_from = redis.call, struct.pack, struct.unpack
local KEYS, ARGV = KEYS, ARGV -- a global is dearer
local now, ttl, moves, budget, may_begin = unpack_from('<ddddd', ARGV[1])
local TAIL, WHOLE, UNREAD = 0, 1, 2
local CLOCK_MILLIS = 30 * 24 * 3600 * 1000
local FINGERPRINT = ARGV[2]

local time = call('TIME')
local micros = time[1] * 1000000 + time[2]
local answers, read = {}, 0

local function append(value) answers[#answers + 1] = value end

-- The version is one more than the last, or the server's time if that is greater; the instant never
-- goes back, whichever function's clock is behind.
local function tick(clock, known)
  local last = call('GET', clock)
  local version, instant, generation, state = 0, now, FINGERPRINT .. '-0', 0
  if last then
    version, instant = unpack_from('<dd', last)
    generation = string.sub(last, 17)
  end
  if string.sub(generation, 1, #FINGERPRINT) ~= FINGERPRINT then
    if may_begin == 0 then
      append(pack('<ddBI4', version, instant, 3, #generation) .. generation)
      return version, false
    end
    generation = FINGERPRINT .. '-' .. string.match(generation, '%d+$') + 1
    state = 2
  elseif generation ~= known then
    state = 1
  end
  version = math.max(version + 1, micros)
  instant = math.max(instant, now)
  call('SET', clock, pack('<dd', version, instant) .. generation, 'PX', math.max(ttl, CLOCK_MILLIS))
  append(pack('<ddB', version, instant, state))
  if state > 0 then append(pack('<I4', #generation) .. generation) end
  return version, state == 0
end

local function answer(kind, elements)
  local body = table.concat(elements)
  read = read + #body
  append(pack('<BI4', kind, #body))
  append(body)
end

local function step(list, record, known, from, version)
  local is_new = record ~= '' and call('RPUSH', list, record) == 1
  if is_new then call('LPUSH', list, '\0', pack('<d', version)) end
  -- A caller that knows nothing reads all, once an hour also if it knew: that is when keys in use are
  -- told to live on.
  if known == '' or is_new then call('PEXPIRE', list, ttl) end
  if read > budget then
    append(pack('<BI4', UNREAD, 0))
  elseif known ~= '' and call('LINDEX', list, 0) == known then
    answer(TAIL, call('LRANGE', list, from, -1))
  else
    answer(WHOLE, call('LRANGE', list, 0, -1))
  end
end

local place, argument = 1, 3

local function steps()
  local entities, index, due, renews = tonumber(ARGV[argument + 1]), nil, {}, false
  local version, is_known = tick(KEYS[place], ARGV[argument])
  argument, place = argument + 2, place + 1
  if moves == 1 then index, place = KEYS[place], place + 1 end
  if not is_known then
    place, argument = place + entities, argument + entities * (index and 5 or 3)
    return
  end
  append('\0')
  local flag = #answers
  for i = place, place + entities - 1 do
    local known = ARGV[argument + 1]
    step(KEYS[i], ARGV[argument], known, ARGV[argument + 2], version)
    renews = renews or known == ''
    argument = argument + 3
    if index then
      if ARGV[argument + 1] ~= '' then
        due[#due + 1], due[#due + 2] = ARGV[argument + 1], ARGV[argument]
      end
      argument = argument + 2
    end
  end
  place = place + entities
  if #due > 0 then
    local added = call('ZADD', index, 'LT', unpack(due))
    if added > 0 then answers[flag] = '\1' end
    if renews or added > 0 then call('PEXPIRE', index, ttl) end
  end
end

while place <= #KEYS do steps() end
return table.concat(answers)
