package dev.freshet.stepfunctions;

/** The executions of the recalculation state machine. */
public interface Executions {

  /**
   * Starts an execution; starting one with the same name and input again does nothing.
   *
   * @param name at most 80 characters; cannot be used again for 90 days
   * @param inputJson the execution's input
   * @throws RuntimeException if it could not be started
   */
  void start(String name, String inputJson);

  /**
   * Returns whether an execution is running or asleep.
   *
   * @param name the name it was started with
   * @throws RuntimeException if the status could not be read
   */
  boolean isRunning(String name);
}
