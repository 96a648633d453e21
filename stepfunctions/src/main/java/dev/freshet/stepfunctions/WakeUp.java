package dev.freshet.stepfunctions;

import dev.freshet.state.PartitionRange;

/**
 * The input of an execution, and the answer of a recalculation. The state machine sleeps until
 * {@code wakeAt}, calls the recalculation with it, and repeats with the answer while {@code
 * pending}.
 *
 * @param featureGroup the name of the group to recalculate
 * @param range the partitions to recalculate
 * @param token the lease that the execution holds
 * @param execution the name of the execution
 * @param wakeAt the time to wake, RFC 3339 in UTC
 * @param laps the number of recalculations since the execution began
 * @param pending whether keys are pending
 */
public record WakeUp(
    String featureGroup,
    PartitionRange range,
    String token,
    String execution,
    String wakeAt,
    long laps,
    boolean pending) {

  /** Returns the JSON. The members need no escaping: names of groups, digits and times. */
  public String toJson() {
    return """
        {"featureGroup":"%s","range":%d,"ranges":%d,"token":"%s","execution":"%s","wakeAt":"%s",\
        "laps":%d,"pending":%s}"""
        .formatted(
            featureGroup, range.index(), range.ranges(), token, execution, wakeAt, laps, pending);
  }
}
