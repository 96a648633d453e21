-- Removes letters that the stream has acknowledged. Each is named by all its bytes, not by its place:
-- of two that deliver at once, the second may find other letters in the same places.
--
-- KEYS[1]      the list; KEYS[2] how many bytes it holds
-- ARGV         the letters
-- Answers how many still wait.

for i = 1, #ARGV do
  local removed = redis.call('LREM', KEYS[1], 1, ARGV[i])
  redis.call('DECRBY', KEYS[2], removed * #ARGV[i])
end
local held = redis.call('LLEN', KEYS[1])
if held == 0 then redis.call('DEL', KEYS[2]) end
return {held}
