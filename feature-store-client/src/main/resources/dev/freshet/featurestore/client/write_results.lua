-- Stores results: replaces the fields of one feature group in an entity's hash, unless the stored version is
-- as new or newer.
--
-- KEYS     for each result the entity's hash
-- ARGV[1]  milliseconds to live; ARGV[2] how many of them may pass before they are renewed
-- ARGV     for each result: the number of its fields; the number of fields that it has not, −1 if it does not
--          say which; its fields, each followed by its value, the group's @version first; the fields it has not
-- Returns  for each result a byte: 1 if it was stored, 0 if it was stale

local call, sub, max, min = redis.call, string.sub, math.max, math.min
local KEYS, ARGV = KEYS, ARGV -- locals are faster than globals
local ttl, leeway = ARGV[1], tonumber(ARGV[2])
local fresh_millis = tonumber(ttl) - leeway

-- Removes the fields of the group that a result does not have.
local function sweep(hash, first, last)
  local prefix = sub(ARGV[first], 1, -#'@version' - 1)
  local kept = {}
  for i = first, last, 2 do kept[ARGV[i]] = true end
  for _, field in ipairs(call('HKEYS', hash)) do
    if sub(field, 1, #prefix) == prefix and not kept[field] then call('HDEL', hash, field) end
  end
end

local function each_thousand(command, hash, first, last) -- Lua limits the number of arguments
  for i = first, last, 1000 do call(command, hash, unpack(ARGV, i, min(i + 999, last))) end
end

local function store(hash, first, last, absent)
  local stored = call('HGET', hash, ARGV[first])
  if stored and tonumber(stored) >= tonumber(ARGV[first + 1]) then return '\0' end
  each_thousand('HSET', hash, first, last)
  if absent > 0 then each_thousand('HDEL', hash, last + 1, last + absent) end
  local must_renew = call('PTTL', hash) < fresh_millis
  -- Only a change of the declaration leaves a field that no result names; the rare sweep finds it.
  if stored and (absent < 0 or must_renew) then sweep(hash, first, last) end
  if must_renew then call('PEXPIRE', hash, ttl) end
  return '\1'
end

local answers, at = {}, 3
for i = 1, #KEYS do
  local absent = tonumber(ARGV[at + 1])
  local last = at + 1 + 2 * tonumber(ARGV[at])
  answers[i] = store(KEYS[i], at + 2, last, absent)
  at = last + 1 + max(absent, 0)
end
return table.concat(answers)
