package dev.freshet.state.redis;

import static java.util.stream.Collectors.joining;

import dev.freshet.redis.Script;
import dev.freshet.timeline.Interval;
import dev.freshet.timeline.Timeline;

/** Writes a timeline's constants in front of the script, so that no call has to send them. */
final class TimelineScript {

  private TimelineScript() {}

  static Script of(Timeline timeline) {
    String constants =
        "local STAGES, WEIGHTS, HOLD = %d, %d, %d%nlocal INTERVALS = {%s}%n"
            .formatted(
                timeline.stages(),
                timeline.weights(),
                timeline.holdMillis(),
                timeline.intervals().stream().map(TimelineScript::lua).collect(joining(", ")));
    return new Script(constants + Script.read(TimelineScript.class, "timeline.lua"));
  }

  /** Lua counts from 1. */
  private static String lua(Interval interval) {
    String weight =
        interval.weight() == Interval.ONE ? "" : "weight = " + (interval.weight() + 1) + ", ";
    return interval.ends().stream()
        .map(end -> "{%d, %d}".formatted(end.stage() + 1, end.offsetMillis()))
        .collect(joining(", ", "{start = " + (interval.start() + 1) + ", " + weight, "}"));
  }
}
