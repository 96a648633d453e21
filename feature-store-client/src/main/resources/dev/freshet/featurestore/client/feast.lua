-- Stores results in Feast's format: replaces the fields of one feature view in an entity's hash, unless the stored
-- version is as new or newer.
--
-- KEYS     for each result the entity's hash
-- ARGV[1]  milliseconds to live, renewed when fewer than ARGV[2] are left
-- ARGV     for each result: the number of its fields; its fields, each followed by its value, the version first,
--          then @fields: the fields of the features, four bytes each
-- Returns  for each result a byte: 1 if it was stored, 0 if it was stale

local call, sub = redis.call, string.sub
local ttl, fresh_millis = ARGV[1], tonumber(ARGV[2])

-- Removes the features that a result has no more.
local function remove(hash, old, new)
  local kept = {}
  for i = 1, #new, 4 do kept[sub(new, i, i + 3)] = true end
  for i = 1, #old, 4 do
    local field = sub(old, i, i + 3)
    if not kept[field] then call('HDEL', hash, field) end
  end
end

local function store(hash, first, last)
  local stored = call('HMGET', hash, ARGV[first], ARGV[first + 2])
  if stored[1] and tonumber(stored[1]) >= tonumber(ARGV[first + 1]) then return '\0' end
  local fields = ARGV[first + 3]
  if stored[2] and stored[2] ~= fields then remove(hash, stored[2], fields) end
  for i = first, last, 1000 do call('HSET', hash, unpack(ARGV, i, math.min(i + 999, last))) end
  if call('PTTL', hash) < fresh_millis then call('PEXPIRE', hash, ttl) end
  return '\1'
end

local answers, at = {}, 3
for i = 1, #KEYS do
  local last = at + 2 * tonumber(ARGV[at])
  answers[i] = store(KEYS[i], at + 1, last)
  at = last + 1
end
return table.concat(answers)
