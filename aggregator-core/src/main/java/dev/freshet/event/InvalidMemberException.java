package dev.freshet.event;

/**
 * Carries the rejection of an event from the reader of a member to the parser; never leaves this
 * package.
 */
final class InvalidMemberException extends Exception {

  private final transient Rejection rejection;

  InvalidMemberException(Reason reason, String detail) {
    // No stack trace: bad input is expected, and garbage may come in bulk.
    super(detail, null, false, false);
    this.rejection = new Rejection(reason, detail);
  }

  Rejection rejection() {
    return rejection;
  }
}
