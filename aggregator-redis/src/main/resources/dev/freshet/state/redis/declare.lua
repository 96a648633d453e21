-- Declares what a group keeps, unless the last declaration keeps the same, and returns all declarations.
--
-- KEYS[1]  the group's declarations, oldest first: for each its fingerprint (4 bytes), the instant since
--          which it is at work (a double, epoch milliseconds), and its schema
-- ARGV     the caller's fingerprint; its schema; when to add it: 'last' unless it is the last one, 'new'
--          unless it is among them, 'first' only if there is none
-- Returns  the declarations

local entries = redis.call('LRANGE', KEYS[1], 0, -1)
local last = entries[#entries]

local function is_mine(entry)
  return string.sub(entry, 1, 4) == ARGV[1]
end

local function must_add()
  if not last then return true end
  if ARGV[3] == 'last' then return not is_mine(last) end
  if ARGV[3] == 'first' then return false end
  for i = 1, #entries do
    if is_mine(entries[i]) then return false end
  end
  return true
end

if must_add() then
  local time = redis.call('TIME')
  local since = time[1] * 1000 + math.floor(time[2] / 1000)
  if last then since = math.max(since, struct.unpack('<d', last, 5) + 1) end
  entries[#entries + 1] = ARGV[1] .. struct.pack('<d', since) .. ARGV[2]
  redis.call('RPUSH', KEYS[1], entries[#entries])
end
-- Outlives the state by far; a function declares its group whenever it starts.
redis.call('PEXPIRE', KEYS[1], 400 * 24 * 3600 * 1000)
return entries
