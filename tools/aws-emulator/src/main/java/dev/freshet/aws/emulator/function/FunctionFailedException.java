package dev.freshet.aws.emulator.function;

/** A function could not be started, or threw; the cause is the function's exception. */
public final class FunctionFailedException extends RuntimeException {

  public FunctionFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
