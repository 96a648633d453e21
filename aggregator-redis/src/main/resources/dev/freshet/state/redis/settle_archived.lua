-- Notes which entities of a partition are archived. An entity that has not changed since may expire; another
-- one is due again later.
--
-- KEYS[1]      the index of entities to archive; KEYS[i + 1] an entity's list
-- ARGV[1]      the time to live of an archived list in milliseconds
-- ARGV         for each entity: its name in the index; the header that was read, empty if there was no
--              list; the number of elements that were read; when it is due again

local index, ttl = KEYS[1], ARGV[1]

local function settle(list, name, header, length, again)
  local found = redis.call('LINDEX', list, 0) or ''
  if found == header and redis.call('LLEN', list) == tonumber(length) then
    redis.call('ZREM', index, name)
    redis.call('PEXPIRE', list, ttl)
  else
    redis.call('ZADD', index, again, name)
  end
end

for i = 1, #KEYS - 1 do settle(KEYS[i + 1], unpack(ARGV, 4 * i - 2, 4 * i + 1)) end
return ''
