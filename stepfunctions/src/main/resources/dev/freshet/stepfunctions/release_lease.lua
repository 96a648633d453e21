-- Gives up a group's lease, if it is the caller's.
--
-- KEYS[1]  hash of the lease: token, wake_at
-- ARGV[1]  the caller's token
-- Returns  {1} if it was given up, {0} if it was somebody else's

if redis.call('HGET', KEYS[1], 'token') ~= ARGV[1] then return {0} end
redis.call('DEL', KEYS[1])
return {1}
