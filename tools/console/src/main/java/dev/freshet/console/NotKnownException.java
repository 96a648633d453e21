package dev.freshet.console;

/** A page cannot be shown here; the message says why, and what to do instead. */
public final class NotKnownException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public NotKnownException(String message) {
    super(message);
  }
}
