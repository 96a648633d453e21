-- Appends letters to those that wait, the first ones, as many as there is room for.
--
-- KEYS[1]      the list; KEYS[2] how many bytes it holds
-- ARGV[1]      the most letters; ARGV[2] the most bytes; ARGV[3…] the letters
-- Answers how many were appended.

local held = redis.call('LLEN', KEYS[1])
local bytes = held > 0 and tonumber(redis.call('GET', KEYS[2]) or '0') or 0
local appended = 0
for i = 3, #ARGV do
  bytes = bytes + #ARGV[i]
  if held + appended >= tonumber(ARGV[1]) or bytes > tonumber(ARGV[2]) then break end
  redis.call('RPUSH', KEYS[1], ARGV[i])
  redis.call('SET', KEYS[2], string.format('%d', bytes))
  appended = appended + 1
end
return {appended}
