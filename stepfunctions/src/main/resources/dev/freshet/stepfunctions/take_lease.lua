-- Takes a group's lease, if nobody holds it or its holder wakes later than the caller.
--
-- KEYS[1]  hash of the lease: token, execution, wake_at
-- ARGV[1]  the caller's wake-up, epoch milliseconds; ARGV[2] milliseconds to live
-- ARGV[3]  the prefix of the execution's name, before the token
-- Returns  the caller's token, or nothing

local wake_at = redis.call('HGET', KEYS[1], 'wake_at')
if wake_at and tonumber(wake_at) <= tonumber(ARGV[1]) then return {} end
local time = redis.call('TIME')
local token = string.format('%.0f', time[1] * 1000000 + time[2])
redis.call('HSET', KEYS[1], 'token', token, 'execution', ARGV[3] .. token, 'wake_at', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return {token}
