-- Stands in front of the scripts that make steps. The versions of a key's steps are a hybrid clock:
-- the server's in microseconds, but always growing, also when the store loses its data.

local time = redis.call('TIME')
local clock = time[1] * 1000000 + time[2]

local function next_version(version) return math.max(version + 1, clock) end

-- Whether a step is the first of a period, which keys are told to live on by.
local function is_first_since(version, period_millis)
  local start = clock - clock % (period_millis * 1000)
  return version < start or version >= start + period_millis * 1000
end

