-- Adds the counts of an entry to a function's ledger.
-- KEYS: the ledger. ARGV: pairs of a field and what to add to it.
-- Answers '1' if this is its first entry, else '0'.
local key, call = KEYS[1], redis.call
local is_first = call('HSETNX', key, 'since', 0) == 1
if is_first then
  local time = call('TIME')
  call('HSET', key, 'since', time[1] .. string.format('%03d', math.floor(time[2] / 1000)))
end
for i = 1, #ARGV, 2 do call('HINCRBY', key, ARGV[i], ARGV[i + 1]) end
return is_first and '1' or '0'
