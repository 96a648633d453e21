package dev.freshet.aws.emulator.function;

/** A function that could not be started or that ended with an exception; the cause is its own. */
public final class FunctionFailedException extends RuntimeException {

  public FunctionFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
