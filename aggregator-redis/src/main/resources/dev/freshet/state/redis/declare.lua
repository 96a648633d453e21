-- Declares what a group keeps, unless the last declaration keeps the same, and returns all declarations.
--
-- KEYS[1]  the group's declarations, oldest first: for each its fingerprint (4 bytes), the instant since
--          which it is at work (a double, epoch milliseconds), and its schema
-- ARGV     the caller's fingerprint; its schema; when to add it: 'last' unless it is the last one, 'new'
--          unless it is among them, 'first' only if there is none; and the entries that the archive has,
--          as Redis may have lost some
-- Returns  the declarations
--
-- An entry without a schema says instead that the group's history was backfilled up to the instant.

local entries = redis.call('LRANGE', KEYS[1], 0, -1)
local BACKFILLED = 12 -- bytes

local function since(entry)
  return (struct.unpack('<d', entry, 5))
end

local function restore()
  local known, lost = {}, {}
  for _, entry in ipairs(entries) do known[entry] = true end
  for i = 4, #ARGV do
    if not known[ARGV[i]] then lost[#lost + 1] = ARGV[i] end
  end
  if #lost == 0 then return end
  for _, entry in ipairs(lost) do entries[#entries + 1] = entry end
  table.sort(entries, function(a, b) return since(a) < since(b) end)
  redis.call('DEL', KEYS[1])
  redis.call('RPUSH', KEYS[1], unpack(entries))
end

restore()
local last
for _, entry in ipairs(entries) do
  if #entry > BACKFILLED then last = entry end
end

local function is_mine(entry)
  return string.sub(entry, 1, 4) == ARGV[1]
end

local function must_add()
  if not last then return true end
  if ARGV[3] == 'last' then return not is_mine(last) end
  if ARGV[3] == 'first' then return false end
  for i = 1, #entries do
    if #entries[i] > BACKFILLED and is_mine(entries[i]) then return false end
  end
  return true
end

if must_add() then
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  if last then now = math.max(now, since(last) + 1) end
  entries[#entries + 1] = ARGV[1] .. struct.pack('<d', now) .. ARGV[2]
  redis.call('RPUSH', KEYS[1], entries[#entries])
end
-- Outlives the state by far; a function declares its group whenever it starts.
redis.call('PEXPIRE', KEYS[1], 400 * 24 * 3600 * 1000)
return entries
