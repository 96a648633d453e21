-- Replaces the old snapshot, and the records that the new one contains, by the new one, unless another
-- function has done so first.
--
-- KEYS[1]  an entity's list
-- ARGV     the header that the caller has read; the number of records that the new snapshot contains;
--          the new header; the new snapshot
-- Returns  '1' if the snapshot was put, else ''

if redis.call('LINDEX', KEYS[1], 0) ~= ARGV[1] then return '' end
-- Whatever a caller believes, it cannot replace records that are not there.
if redis.call('LLEN', KEYS[1]) < 2 + ARGV[2] then return '' end
-- Keeps two elements at all times: a list that is empty for a moment loses its time to live.
redis.call('LTRIM', KEYS[1], ARGV[2], -1)
redis.call('LSET', KEYS[1], 0, ARGV[3])
redis.call('LSET', KEYS[1], 1, ARGV[4])
return '1'
