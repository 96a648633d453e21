package dev.freshet.operations.backfill;

import dev.freshet.replay.PastWalk;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.Past;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/** Installs histories one after another, and counts them; a dry run only counts. */
final class Installation implements PastWalk.Receiver {

  private final PageInstaller installer;
  private final boolean isDry;
  private final Remaining remaining;
  private long entities;
  private long bytes;

  /**
   * @param remaining is told which entities have a history
   */
  Installation(PageInstaller installer, boolean isDry, Remaining remaining) {
    this.installer = installer;
    this.isDry = isDry;
    this.remaining = remaining;
  }

  @Override
  public void receive(String entity, Past past) throws IOException {
    entities++;
    bytes += past.bytes().length;
    remaining.installed(entity);
    if (!isDry) {
      installer.add(KeyEvents.ofPast(entity, past), past.bytes().length);
    }
  }

  /**
   * Returns a line about the work.
   *
   * @param events how many events the histories are of; 0 if that is not known
   */
  String line(long events, Duration took) {
    double seconds = Math.max(1, took.toMillis()) / 1000.0;
    String line =
        String.format(
            Locale.ROOT,
            "%s the history of %,d entities (%,d bytes on average) in %.1f s: %,.0f entities/s",
            isDry ? "computed" : "installed",
            entities,
            entities == 0 ? 0 : bytes / entities,
            seconds,
            entities / seconds);
    return events == 0
        ? line
        : line + String.format(Locale.ROOT, ", %,.0f events/s", events / seconds);
  }
}
