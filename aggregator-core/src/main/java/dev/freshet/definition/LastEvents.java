package dev.freshet.definition;

/**
 * The window of the newest events of an entity, ordered by ({@code occurredAt}, {@code eventId}).
 *
 * @param size the greatest number of events held, 1 to 1,000
 */
public record LastEvents(int size) {

  private static final int LARGEST = 1_000;

  public LastEvents {
    if (size < 1 || size > LARGEST) {
      throw new IllegalArgumentException("last events must be 1 to " + LARGEST + ": " + size);
    }
  }

  public static LastEvents lastEvents(int size) {
    return new LastEvents(size);
  }

  @Override
  public String toString() {
    return "last " + size + " events";
  }
}
