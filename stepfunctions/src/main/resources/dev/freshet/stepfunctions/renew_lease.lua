-- Extends a group's lease, if the caller holds it or nobody does.
--
-- KEYS[1]  hash of the lease: token, execution, wake_at
-- ARGV[1]  the caller's token; ARGV[2] its wake-up, epoch milliseconds; ARGV[3] milliseconds to live
-- ARGV[4]  the name of the caller's execution
-- Returns  {1} if the caller holds it, {0} if another does

local token = redis.call('HGET', KEYS[1], 'token')
if token and token ~= ARGV[1] then return {0} end
redis.call('HSET', KEYS[1], 'token', ARGV[1], 'execution', ARGV[4], 'wake_at', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return {1}
