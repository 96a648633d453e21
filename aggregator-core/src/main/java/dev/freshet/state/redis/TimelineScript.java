package dev.freshet.state.redis;

import static java.util.stream.Collectors.joining;

import dev.freshet.redis.Script;
import dev.freshet.timeline.Interval;
import dev.freshet.timeline.Interval.End;
import dev.freshet.timeline.Timeline;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes what is a feature group's own in front of the script: its constants, and its stages and
 * intervals as straight Lua code, which runs several times as fast as loops over tables of them.
 */
final class TimelineScript {

  private final Timeline timeline;
  private final String stages;
  private final String numbers;

  private TimelineScript(Timeline timeline) {
    this.timeline = timeline;
    this.stages = ofStages(TimelineScript::stage, ", ");
    this.numbers =
        Stream.concat(
                Stream.of(stages, "newest"),
                IntStream.range(0, timeline.weights()).mapToObj(TimelineScript::weight))
            .collect(joining(", "));
  }

  static Script of(Timeline timeline) {
    TimelineScript script = new TimelineScript(timeline);
    return new Script(
        Script.read(TimelineScript.class, "clock.lua")
            + script.constants()
            + script.pass()
            + script.enter()
            + Script.read(TimelineScript.class, "timeline.lua"));
  }

  private String constants() {
    return """
    local STAGES, WEIGHTS, TOTALS, HOLD = %d, %d, %d, %d
    local NEVER, DEPARTURE = math.huge, 2 ^ 50
    """
        .formatted(
            timeline.stages(),
            timeline.weights(),
            timeline.intervals().size(),
            timeline.holdMillis());
  }

  private String pass() {
    return """
    local function pass(header, totals, since, as_of, %s)
      local next, to = NEVER
      if newest > header[4] then
    %s  end
    %s  if next < NEVER then return next end
      return newest + HOLD + DEPARTURE
    end
    """
        .formatted(numbers, ofStages(TimelineScript::see, ""), ofIntervals(this::pass));
  }

  private String enter() {
    return """
    local function enter(header, totals, as_of, stage, time, %1$s)
      local known = %2$s
      if time >= known and time <= newest then
        pass(header, totals, as_of, as_of, %1$s)
        return
      end
      local was, to = NEVER
      if newest > -NEVER then
    %3$s  end
      if time < known then
        if false then
    %4$s    end
      end
      if time > newest then newest = time end
      local next = pass(header, totals, -NEVER, as_of, %1$s)
      return was, next, struct.pack('<%5$s', %1$s)
    end
    """
        .formatted(
            numbers,
            ofStages("stage == %1$d and s%1$d"::formatted, " or "),
            ofIntervals(this::takeOff),
            ofStages("    elseif stage == %1$d then s%1$d = time\n"::formatted, ""),
            "d".repeat(timeline.stages() + 1 + timeline.weights()));
  }

  /** The newest time that has happened. */
  private static String see(int stage) {
    return "    if s%1$d > header[4] and s%1$d <= as_of then header[4] = s%1$d end\n"
        .formatted(stage);
  }

  /** Counts what an interval's start or end since then has changed, and finds the next of them. */
  private String pass(int total) {
    return """
    %1$s  if %2$s < to%3$s then
        if as_of < to then
          if %2$s <= as_of then
            if since < %2$s then %4$s = %4$s + %5$s end
            if to < next then next = to end
          elseif %2$s < next then
            next = %2$s
          end
        elseif %2$s <= since and since < to then
          %4$s = %4$s - %5$s
        end
      end
    """
        .formatted(end(total), start(total), weighs(total), total(total), amount(total));
  }

  /** Takes off what an item counts, and finds when it was to be looked at. */
  private String takeOff(int total) {
    return """
    %1$s  if %2$s < to and as_of < to%3$s then
        if %2$s <= as_of then
          %4$s = %4$s - %5$s
          if to < was then was = to end
        elseif %2$s < was then
          was = %2$s
        end
      end
    """
        .formatted(end(total), start(total), weighs(total), total(total), amount(total));
  }

  private String start(int total) {
    return stage(timeline.intervals().get(total).start() + 1);
  }

  /** Sets {@code to}: the earliest of the interval's ends. */
  private String end(int total) {
    List<End> ends = timeline.intervals().get(total).ends();
    return "  to = %s\n".formatted(lua(ends.get(0)))
        + ends.stream()
            .skip(1)
            .map(end -> "  if %1$s < to then to = %1$s end\n".formatted(lua(end)))
            .collect(joining());
  }

  private String weighs(int total) {
    return isCounted(total) ? "" : " and " + amount(total) + " ~= 0";
  }

  private String amount(int total) {
    return isCounted(total) ? "1" : weight(timeline.intervals().get(total).weight());
  }

  private boolean isCounted(int total) {
    return timeline.intervals().get(total).weight() == Interval.ONE;
  }

  private String ofStages(IntFunction<String> text, String separator) {
    return IntStream.rangeClosed(1, timeline.stages()).mapToObj(text).collect(joining(separator));
  }

  private String ofIntervals(IntFunction<String> text) {
    return IntStream.range(0, timeline.intervals().size()).mapToObj(text).collect(joining());
  }

  private static String total(int index) {
    return "totals[" + (index + 1) + "]";
  }

  private static String lua(End end) {
    String stage = stage(end.stage() + 1);
    return end.offsetMillis() == 0 ? stage : stage + " + " + end.offsetMillis();
  }

  /** Lua counts from 1. */
  private static String stage(int number) {
    return "s" + number;
  }

  private static String weight(int index) {
    return "w" + (index + 1);
  }
}
