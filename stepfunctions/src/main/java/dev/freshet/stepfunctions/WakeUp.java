package dev.freshet.stepfunctions;

/**
 * The input of an execution, and what a recalculation answers: the state machine sleeps until
 * {@code wakeAt}, calls the recalculation with this, and goes on with the answer while {@code
 * pending}.
 *
 * @param handler the class name of the group's handler
 * @param token the lease that the execution holds
 * @param execution the name of the execution
 * @param wakeAt when to wake, RFC 3339 in UTC
 * @param laps recalculations since the execution began
 * @param pending whether to go on
 */
public record WakeUp(
    String handler, String token, String execution, String wakeAt, long laps, boolean pending) {

  /** As JSON; the members need no escaping: class names, digits and times. */
  public String toJson() {
    return """
        {"handler":"%s","token":"%s","execution":"%s","wakeAt":"%s","laps":%d,"pending":%s}"""
        .formatted(handler, token, execution, wakeAt, laps, pending);
  }
}
