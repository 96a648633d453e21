package dev.freshet.state;

/** The state store did not answer, or refused; the work can be repeated as it was. */
public final class StateStoreException extends RuntimeException {

  public StateStoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
