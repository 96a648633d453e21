-- Removes letters that the stream has acknowledged. Finds each by its bytes, not by its index: if two
-- functions deliver at once, the indexes may have shifted.
--
-- KEYS[1]      the list; KEYS[2] its number of bytes
-- ARGV         the letters
-- Returns      the number of letters that still wait

for i = 1, #ARGV do
  local removed = redis.call('LREM', KEYS[1], 1, ARGV[i])
  redis.call('DECRBY', KEYS[2], removed * #ARGV[i])
end
local held = redis.call('LLEN', KEYS[1])
if held == 0 then redis.call('DEL', KEYS[2]) end
return {held}
