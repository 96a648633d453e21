-- Deletes a group's lease, if it still has the caller's token or execution.
--
-- KEYS[1]  hash of the lease: token, execution, wake_at
-- ARGV[1]  the field to compare: "token" or "execution"; ARGV[2] its value
-- Returns  {1} if it was deleted, {0} if the field has another value

if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return {0} end
redis.call('DEL', KEYS[1])
return {1}
