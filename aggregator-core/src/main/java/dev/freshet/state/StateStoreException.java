package dev.freshet.state;

/** Thrown if the state store did not answer, or refused; the same work can be repeated. */
public final class StateStoreException extends RuntimeException {

  public StateStoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
