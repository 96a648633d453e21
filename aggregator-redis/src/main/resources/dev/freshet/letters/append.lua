-- Appends letters to the waiting list, first ones first, as many as there is room for.
--
-- KEYS[1]      the list; KEYS[2] its number of bytes
-- ARGV[1]      the greatest number of letters; ARGV[2] of bytes; ARGV[3…] the letters
-- Returns      the number of letters appended

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
