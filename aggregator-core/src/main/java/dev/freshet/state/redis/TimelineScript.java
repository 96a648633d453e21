package dev.freshet.state.redis;

import static java.util.stream.Collectors.joining;

import dev.freshet.redis.Script;
import dev.freshet.timeline.Interval;
import dev.freshet.timeline.Interval.End;
import dev.freshet.timeline.Timeline;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Writes what is a feature group's own in front of the script: its constants, and its intervals as
 * straight Lua code, which runs several times as fast as loops over tables of them.
 */
final class TimelineScript {

  private TimelineScript() {}

  static Script of(Timeline timeline) {
    List<Interval> intervals = timeline.intervals();
    String stages =
        IntStream.rangeClosed(1, timeline.stages())
            .mapToObj(stage -> "item[" + stage + "]")
            .collect(joining(", "));
    String names =
        IntStream.rangeClosed(1, timeline.stages())
            .mapToObj(TimelineScript::stage)
            .collect(joining(", "));
    String groupsPart =
        """
        local STAGES, WEIGHTS, TOTALS, HOLD, NEVER = %d, %d, %d, %d, math.huge

        local function count(header, item, at, sign)
          local %s = %s
        %send

        local function next_change(item, after)
          local %s = %s
          local next, to = NEVER
        %s  return next
        end

        """
            .formatted(
                timeline.stages(),
                timeline.weights(),
                intervals.size(),
                timeline.holdMillis(),
                names,
                stages,
                IntStream.range(0, intervals.size())
                    .mapToObj(total -> count(timeline, total))
                    .collect(joining()),
                names,
                stages,
                intervals.stream().map(each -> nextChange(timeline, each)).collect(joining()));
    return new Script(groupsPart + Script.read(TimelineScript.class, "timeline.lua"));
  }

  /** Adds to a total if the interval contains the instant. */
  private static String count(Timeline timeline, int total) {
    Interval interval = timeline.intervals().get(total);
    String contains =
        interval.ends().stream().map(end -> " and at < " + lua(end)).collect(joining());
    String slot = "header[" + (total + 2) + "]";
    return "  if %s <= at%s then %s = %s + sign%s end\n"
        .formatted(
            stage(interval.start() + 1),
            contains,
            slot,
            slot,
            interval.weight() == Interval.ONE ? "" : " * " + weight(timeline, interval));
  }

  /** Takes the interval's start or its end for the next change, if the item counts in between. */
  private static String nextChange(Timeline timeline, Interval interval) {
    String from = stage(interval.start() + 1);
    List<End> ends = interval.ends();
    String earliest =
        ends.stream()
            .skip(1)
            .map(end -> "  if %1$s < to then to = %1$s end\n".formatted(lua(end)))
            .collect(joining());
    String counts =
        interval.weight() == Interval.ONE ? "" : " and " + weight(timeline, interval) + " ~= 0";
    return """
      to = %s
    %s  if %s < to and after < to%s then
        if after < %s then to = %s end
        if to < next then next = to end
      end
    """
        .formatted(lua(ends.get(0)), earliest, from, counts, from, from);
  }

  private static String lua(End end) {
    String stage = stage(end.stage() + 1);
    return end.offsetMillis() == 0 ? stage : stage + " + " + end.offsetMillis();
  }

  /** Lua counts from 1. */
  private static String stage(int number) {
    return "s" + number;
  }

  private static String weight(Timeline timeline, Interval interval) {
    return "item[" + (timeline.stages() + 2 + interval.weight()) + "]";
  }
}
