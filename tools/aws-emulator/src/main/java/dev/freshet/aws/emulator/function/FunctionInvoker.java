package dev.freshet.aws.emulator.function;

/** Calls one Lambda function and waits for its answer, as a synchronous invocation does. */
@FunctionalInterface
public interface FunctionInvoker {

  /**
   * Calls the function.
   *
   * @param eventJson the event, UTF-8 JSON
   * @param requestId the identifier that the function sees and logs
   * @return the answer, UTF-8 JSON; empty if the function answered nothing
   * @throws FunctionFailedException if the function could not be started or threw
   */
  byte[] invoke(byte[] eventJson, String requestId);
}
