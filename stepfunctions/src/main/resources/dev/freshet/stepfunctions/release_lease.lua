-- Gives up a group's lease, if it is still the one that the caller means.
--
-- KEYS[1]  hash of the lease: token, execution, wake_at
-- ARGV[1]  by what it is known: "token" or "execution"; ARGV[2] which
-- Returns  {1} if it was given up, {0} if it is another

if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return {0} end
redis.call('DEL', KEYS[1])
return {1}
