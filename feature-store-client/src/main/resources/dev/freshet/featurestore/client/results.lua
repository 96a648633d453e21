-- Stores results: replaces the fields of one feature group in an entity's hash, unless the stored version is
-- as new or newer.
--
-- KEYS     for each result the entity's hash
-- ARGV[1]  milliseconds to live
-- ARGV[2]  an instant: a time to live is checked, and renewed, if the stored result was computed before
-- ARGV     for results that have the same fields: their number; the number of fields; the number of fields that
--          they have not, −1 if they do not say which; each field followed by the value of the first result, the
--          group's @version and @computed_at first; the fields they have not; the values of each other result
-- Returns  for each result a byte: 1 if it was stored, 0 if it was stale

local call, sub, byte, min, max = redis.call, string.sub, string.byte, math.min, math.max
local tonumber, unpack = tonumber, unpack
local KEYS, ARGV = KEYS, ARGV -- locals are faster than globals
local TTL, RENEWED_SINCE = ARGV[1], ARGV[2]
local MOST = 1000 -- Lua limits the number of arguments
local MINUS = byte('-')

-- Compares two decimal numbers; as texts if they are of one length, which is faster.
local function is_greater(left, right)
  if #left == #right and byte(left) ~= MINUS then return left > right end
  return tonumber(left) > tonumber(right)
end

local function each_thousand(command, hash, list, first, last)
  for i = first, last, MOST do call(command, hash, unpack(list, i, min(i + MOST - 1, last))) end
end

-- Removes the fields of the group that a result does not have.
local function sweep(hash, first, last)
  local prefix = sub(ARGV[first], 1, -#'@version' - 1)
  local kept = {}
  for i = first, last, 2 do kept[ARGV[i]] = true end
  for _, field in ipairs(call('HKEYS', hash)) do
    if sub(field, 1, #prefix) == prefix and not kept[field] then call('HDEL', hash, field) end
  end
end

-- Stores one result.
-- values   the list that has its fields, each followed by its value, from an index on
-- first    to `last`: the same fields in ARGV; then there are `absent` fields that it has not
local function store(hash, values, from, first, last, absent)
  local asked = absent < MOST and max(last, last + absent) or last
  local found = call('HMGET', hash, ARGV[first], ARGV[first + 2], unpack(ARGV, last + 1, asked))
  local version, computed = found[1], found[2]
  if version and not is_greater(values[from + 1], version) then return '\0' end
  each_thousand('HSET', hash, values, from, from + last - first)
  for i = 3, 2 + absent do
    if found[i] ~= false then -- it is there, or was not asked for
      each_thousand('HDEL', hash, ARGV, last + 1, last + absent)
      break
    end
  end
  local is_due = not computed or is_greater(RENEWED_SINCE, computed)
  -- Only a change of the declaration leaves a field that no result names; the rare sweep finds it.
  if version and (absent < 0 or is_due) then sweep(hash, first, last) end
  if is_due and call('PTTL', hash) < tonumber(TTL) then call('PEXPIRE', hash, TTL) end
  return '\1'
end

local answers, at = {}, 3
while at <= #ARGV do
  local results, fields, absent = tonumber(ARGV[at]), tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2])
  local first, done = at + 3, #answers
  local last = first + 2 * fields - 1
  answers[done + 1] = store(KEYS[done + 1], ARGV, first, first, last, absent)
  at = max(last, last + absent) + 1
  local values = {}
  for i = first, results > 1 and last or 0 do values[i - first + 1] = ARGV[i] end
  for i = done + 2, done + results do
    for field = 1, fields do values[2 * field] = ARGV[at + field - 1] end
    answers[i] = store(KEYS[i], values, 1, first, last, absent)
    at = at + fields
  end
end
return table.concat(answers)
