package dev.freshet.aws.emulator.process;

/** Reports a server that could not be started; the message says why and what to do. */
public final class StartupException extends RuntimeException {

  public StartupException(String message) {
    super(message);
  }

  public StartupException(String message, Throwable cause) {
    super(message, cause);
  }
}
