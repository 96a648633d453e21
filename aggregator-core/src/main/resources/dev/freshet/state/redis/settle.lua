-- Moves a key's entry in the index of due instants once its recalculated result is published, and
-- removes state that can matter no more. Until then the entry stays, so that a crash only repeats work.
--
-- KEYS[1]  the key's items; KEYS[2] their queue; KEYS[3] the index
-- ARGV[1]  the key as the index names it
-- ARGV[2]  the version that was published; ARGV[3] its next change, empty if there is none

local items, queue, index = KEYS[1], KEYS[2], KEYS[3]
local key, version, change = ARGV[1], tonumber(ARGV[2]), ARGV[3]

local header = redis.call('HGET', items, '')
if header and struct.unpack('<d', header) ~= version then
  return 0 -- a later step has moved the entry, and publishes what it found
end
if header and change ~= '' then
  redis.call('ZADD', index, change, key)
else
  redis.call('ZREM', index, key)
end
if header and redis.call('HLEN', items) == 1 then
  redis.call('DEL', items, queue) -- the header alone: no event is held any more
end
return 1
