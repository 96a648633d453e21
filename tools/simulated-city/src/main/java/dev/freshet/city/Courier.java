package dev.freshet.city;

/** A courier's habits, and when the courier is free again. Not thread-safe. */
final class Courier {

  private final int id;
  private final double acceptSeconds;
  private final double speed;
  private long freeFromMillis = Long.MIN_VALUE;

  private Courier(int id, double acceptSeconds, double speed) {
    this.id = id;
    this.acceptSeconds = acceptSeconds;
    this.speed = speed;
  }

  /** Draws a courier: most accept within half a minute, some take minutes. */
  static Courier draw(int id, Chance chance) {
    return new Courier(id, chance.logNormal(25, 0.7), chance.logNormal(1, 0.12));
  }

  int id() {
    return id;
  }

  /** Returns the median time to accept a request. */
  double acceptSeconds() {
    return acceptSeconds;
  }

  /** Returns the courier's speed relative to the usual one. */
  double speed() {
    return speed;
  }

  long freeFromMillis() {
    return freeFromMillis;
  }

  void busyUntil(long epochMillis) {
    freeFromMillis = Math.max(freeFromMillis, epochMillis);
  }
}
