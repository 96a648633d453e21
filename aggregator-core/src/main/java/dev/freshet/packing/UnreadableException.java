package dev.freshet.packing;

/** Says why a record that holds several events cannot be unpacked. */
public final class UnreadableException extends Exception {

  private static final long serialVersionUID = 1;

  UnreadableException(String complaint) {
    // No stack trace: bad input is expected, and garbage may come in bulk.
    super(complaint, null, false, false);
  }
}
