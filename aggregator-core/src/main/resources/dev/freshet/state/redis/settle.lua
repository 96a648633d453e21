-- Moves the entries of some keys of a partition in its index of due instants once their
-- recalculated results are published, and removes state that can matter no more. Until then the
-- entries stay, so that a crash only repeats work.
--
-- KEYS[1]       the index
-- KEYS[2i]      a key's items; KEYS[2i + 1] their queue
-- ARGV[3i - 2]  the key as the index names it
-- ARGV[3i - 1]  the version that was published; ARGV[3i] its next change, empty if there is none

local index = KEYS[1]

local function settle(items, queue, key, version, change)
  local header = redis.call('HGET', items, '')
  if header and struct.unpack('<d', header) ~= version then
    return -- a later step has moved the entry, and publishes what it found
  end
  if header and change ~= '' then
    redis.call('ZADD', index, change, key)
  else
    redis.call('ZREM', index, key)
  end
  if header and redis.call('HLEN', items) == 2 then
    redis.call('DEL', items, queue) -- header and totals alone: no event is held any more
  end
end

for i = 1, #ARGV / 3 do
  settle(KEYS[2 * i], KEYS[2 * i + 1], ARGV[3 * i - 2], tonumber(ARGV[3 * i - 1]), ARGV[3 * i])
end
return ''
