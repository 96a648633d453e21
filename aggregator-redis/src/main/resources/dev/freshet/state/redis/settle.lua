-- Moves the entries of entities in a partition's index of due keys after their recalculated results are
-- published, and removes state that no event can affect any more. Until then the entries stay, so that
-- a crash only repeats work.
--
-- KEYS[1]      the index; KEYS[i + 1] an entity's list
-- ARGV         for each entity: its name in the index; the header that was read, empty if there was no
--              list; the number of elements that were read; its next change, empty if there is none;
--              1 if its state is empty

local index, moved, gone = KEYS[1], {}, {}

local function settle(list, name, header, length, change, is_empty)
  local found = redis.call('LINDEX', list, '0') or ''
  if found ~= header or redis.call('LLEN', list) ~= tonumber(length) then
    return -- an event arrived since; its function publishes the result
  end
  if change ~= '' then
    moved[#moved + 1], moved[#moved + 2] = change, name
  else
    gone[#gone + 1] = name
  end
  if is_empty == '1' then redis.call('DEL', list) end
end

for i = 1, #KEYS - 1 do settle(KEYS[i + 1], unpack(ARGV, 5 * i - 4, 5 * i)) end
if #moved > 0 then redis.call('ZADD', index, unpack(moved)) end
if #gone > 0 then redis.call('ZREM', index, unpack(gone)) end
return ''
