-- Moves the entries of some keys of a partition in its index of due instants once their
-- recalculated results are published, and removes state that can matter no more. Until then the
-- entries stay, so that a crash only repeats work.
--
-- KEYS[1]       the index; KEYS[i + 1] the head of a key
-- ARGV[3i - 2]  the key as the index names it
-- ARGV[3i - 1]  the version that was published; ARGV[3i] its next change, empty if there is none

local index = KEYS[1]

local function settle(head, key, published, change)
  local numbers = redis.call('GETRANGE', head, 0, 15)
  if numbers == '' then
    redis.call('ZREM', index, key)
    return
  end
  local version, held = struct.unpack('<dd', numbers)
  if version ~= published then
    return -- a later step has moved the entry, and publishes what it found
  end
  if change ~= '' then
    redis.call('ZADD', index, change, key)
  else
    redis.call('ZREM', index, key)
  end
  if held == 0 then redis.call('DEL', head) end -- and then there are no pages
end

for i = 1, #KEYS - 1 do
  settle(KEYS[i + 1], ARGV[3 * i - 2], tonumber(ARGV[3 * i - 1]), ARGV[3 * i])
end
return ''
