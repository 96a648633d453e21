-- Replaces the fields of one feature group in an entity's hash, unless the stored version is as new or newer.
--
-- KEYS[1]  the entity's hash
-- ARGV[1]  prefix of the group's fields; ARGV[2] version; ARGV[3] milliseconds to live
-- ARGV[4…] field, value, field, value, …: all current fields of the group
-- Returns  1 if written, 0 if the result was stale

local hash, prefix, version, ttl = KEYS[1], ARGV[1], tonumber(ARGV[2]), ARGV[3]

local stored = redis.call('HGET', hash, prefix .. '@version')
if stored and tonumber(stored) >= version then return 0 end

if stored then
  local kept = {}
  for i = 4, #ARGV, 2 do kept[ARGV[i]] = true end
  for _, field in ipairs(redis.call('HKEYS', hash)) do
    if string.sub(field, 1, #prefix) == prefix and not kept[field] then
      redis.call('HDEL', hash, field)
    end
  end
end
for i = 4, #ARGV, 1000 do -- Lua limits the number of arguments
  redis.call('HSET', hash, unpack(ARGV, i, math.min(i + 999, #ARGV)))
end
if redis.call('PTTL', hash) < tonumber(ttl) then redis.call('PEXPIRE', hash, ttl) end -- never sooner than for another group
return 1
