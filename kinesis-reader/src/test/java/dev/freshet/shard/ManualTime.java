package dev.freshet.shard;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A clock that a test moves, and a sleeper that moves it instead of waiting. */
public final class ManualTime implements InstantSource, Backoff.Sleeper {

  public static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  public final List<Duration> sleeps = new ArrayList<>();
  private Instant now = START;

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public void sleep(Duration duration) {
    sleeps.add(duration);
    advance(duration);
  }

  public void advance(Duration duration) {
    now = now.plus(duration);
  }
}
