-- One line that a program can read: p50 and p95 in ms, answers a second, answers that were not 2xx or 3xx.
-- PATHS, when set, names a file of paths that are asked for in turn.
local paths, at = {}, 0
local listed = os.getenv("PATHS")
if listed then
  for line in io.lines(listed) do paths[#paths + 1] = line end
end

request = function()
  if #paths == 0 then return wrk.format() end
  at = at % #paths + 1
  return wrk.format("GET", paths[at])
end

done = function(summary, latency)
  local wrong = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout
  local rate = summary.requests / (summary.duration / 1000000)
  print(string.format("FIGURES %.3f %.3f %.1f %d", latency:percentile(50) / 1000, latency:percentile(95) / 1000, rate, wrong))
end
