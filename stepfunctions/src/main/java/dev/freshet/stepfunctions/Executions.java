package dev.freshet.stepfunctions;

/** The executions of the recalculation state machine. */
public interface Executions {

  /**
   * Starts an execution; starting one of the same name and input again is harmless.
   *
   * @param name at most 80 characters; taken for 90 days
   * @param inputJson the execution's input
   * @throws RuntimeException if it could not be started
   */
  void start(String name, String inputJson);

  /**
   * Whether an execution is under way, asleep included.
   *
   * @param name as it was started
   * @throws RuntimeException if that could not be found out
   */
  boolean isRunning(String name);
}
