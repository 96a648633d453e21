package dev.freshet.event;

/** Joins several values into one id, in which each stays apart: {@code a|b}. */
final class Joined {

  private final StringBuilder joined = new StringBuilder();
  private boolean started;

  /** Adds a value; a {@code |} or {@code %} inside is percent-encoded. */
  void add(String value) {
    if (started) {
      joined.append('|');
    }
    started = true;
    joined.append(value.replace("%", "%25").replace("|", "%7C"));
  }

  @Override
  public String toString() {
    return joined.toString();
  }
}
