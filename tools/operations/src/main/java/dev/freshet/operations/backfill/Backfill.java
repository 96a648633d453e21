package dev.freshet.operations.backfill;

import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.engine.Recalculator;
import dev.freshet.event.Event;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.replay.EntitySample;
import dev.freshet.replay.PastTable;
import dev.freshet.replay.Pasts;
import dev.freshet.replay.Replay;
import dev.freshet.replay.ReplayProgress;
import dev.freshet.replay.events.EventSource;
import dev.freshet.result.ResultSink;
import dev.freshet.state.Archive;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.Past;
import dev.freshet.state.redis.RedisDueKeys;
import dev.freshet.state.redis.RedisStateStore;
import dev.freshet.stream.Retries;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Installs the history of a group up to its seam, the instant since which its present declaration
 * is at work, beside its functions. May be interrupted and begun again at any time.
 */
public final class Backfill {

  /** How long Redis keeps what is archived: less than usual, so that its memory is bounded. */
  public static final Duration AWAKE = Duration.ofSeconds(10);

  private final FeatureGroup group;
  private final RedisStateStore store;
  private final RedisDueKeys index;
  private final PageInstaller installer;
  private final LiveEvents live;
  private final Options options;
  private final Clock clock;
  private final Retries.Sleeper sleeper;
  private final PrintWriter out;

  /**
   * The choices of a run.
   *
   * @param isDry whether to compute only
   * @param checked how many entities to compare with a replay at the end
   * @param seed which entities are compared
   * @param completeUntil the files have all events up to this instant, though none is so new
   */
  public record Options(boolean isDry, int checked, long seed, Optional<Instant> completeUntil) {}

  /**
   * @param store joins the group's functions
   * @param recalculator of the same store
   * @param sleeper waits until all functions know of the backfill
   */
  public Backfill(
      FeatureGroup group,
      RedisStateStore store,
      RedisDueKeys index,
      Recalculator recalculator,
      LiveEvents live,
      Options options,
      Clock clock,
      Retries.Sleeper sleeper,
      PrintWriter out) {
    this.group = group;
    this.store = store;
    this.index = index;
    this.installer =
        new PageInstaller(
            store,
            recalculator,
            clock,
            new Retries(5, Duration.ofSeconds(1), Duration.ofSeconds(10), sleeper));
    this.live = live;
    this.options = options;
    this.clock = clock;
    this.sleeper = sleeper;
    this.out = out;
  }

  /**
   * Creates a backfill of a deployed group.
   *
   * @param results puts the results; closed by the caller, as are the stores
   * @param timeToLive the same as in the group's function
   */
  public static Backfill of(
      FeatureGroup group,
      Redis state,
      Archive archive,
      Duration timeToLive,
      ResultSink results,
      LiveEvents live,
      Options options,
      Clock clock,
      PrintWriter out) {
    RedisStateStore store =
        RedisStateStore.joining(group, state, timeToLive, archive, Metrics.NONE);
    RedisDueKeys index = new RedisDueKeys(group, state, AWAKE);
    Recalculator recalculator =
        new Recalculator(group, store, index, archive, results, clock, Metrics.NONE);
    return new Backfill(
        group,
        store,
        index,
        recalculator,
        live,
        options,
        clock,
        pause -> Thread.sleep(pause.toMillis()),
        out);
  }

  /**
   * Returns the seam; empty if nothing is missing.
   *
   * @throws IllegalStateException if the group has no history, or the seam has not passed
   * @throws dev.freshet.state.StateStoreException if another declaration is deployed, or none
   */
  public OptionalLong seam() {
    if (!group.hasHistory()) {
      throw new IllegalStateException(
          "%s has no window of every() or lifetime(): run 'rebuild --feature-group %s --events …' instead"
              .formatted(group, group));
    }
    OptionalLong seam = store.seam();
    if (seam.isPresent() && clock.millis() <= seam.getAsLong()) {
      throw new IllegalStateException(
          "the seam of %s is %s, which has not passed: functions of the declaration before may be at work until then; run it again after it"
              .formatted(group, Instant.ofEpochMilli(seam.getAsLong())));
    }
    return seam;
  }

  /**
   * Backfills from files of events.
   *
   * @param types all types of the catalogue
   * @return whether a replay confirms the entities compared
   * @throws IOException if a file cannot be read, or the files do not reach the seam; nothing is
   *     changed then
   */
  public boolean fromFiles(
      long seamMillis, List<EventSource> files, List<EventType> types, ReplayProgress progress)
      throws IOException {
    try (Pasts pasts = new Pasts(group, types, Replay.MEMORY_BYTES, progress);
        Remaining remaining = new Remaining()) {
      EntitySample<Event> sample = new EntitySample<>(options.checked(), options.seed());
      long start = clock.millis();
      pasts.read(files, clock::millis, sample);
      options.completeUntil().map(Instant::toEpochMilli).ifPresent(pasts.report().events()::used);
      pasts.report().events().requireReached(group.name(), seamMillis);
      Installation installation = new Installation(installer, options.isDry(), remaining);
      pasts.forEach(seamMillis, installation);
      installer.flush();
      pasts.report().text().forEach(out::println);
      out.println(installation.line(pasts.report().events().readings(), since(start)));
      SeamCheck check = new SeamCheck(group);
      sample.drawn().forEach(check::addEvents);
      return finish(seamMillis, remaining, check);
    }
  }

  private Duration since(long startMillis) {
    return Duration.ofMillis(clock.millis() - startMillis);
  }

  /**
   * Backfills from a folder of histories that a cluster computed.
   *
   * @return whether a replay from the seam on confirms the entities compared
   * @throws IOException if a file cannot be read, or is of another seam or declaration
   */
  public boolean fromParts(long seamMillis, Path folder) throws IOException {
    try (Remaining remaining = new Remaining()) {
      EntitySample<Past> sample = new EntitySample<>(options.checked(), options.seed());
      long start = clock.millis();
      Installation installation = new Installation(installer, options.isDry(), remaining);
      PastTable.read(
          folder,
          group,
          seamMillis,
          (entity, past) -> {
            installation.receive(entity, past);
            sample.see(entity, () -> past);
          });
      installer.flush();
      out.println(installation.line(0, since(start)));
      SeamCheck check = new SeamCheck(group);
      sample.drawn().forEach((entity, pasts) -> check.addPast(entity, pasts.get(0)));
      return finish(seamMillis, remaining, check);
    }
  }

  /** Notes that all is installed, completes the other entities, and compares some. */
  private boolean finish(long seamMillis, Remaining remaining, SeamCheck check) throws IOException {
    if (options.isDry()) {
      out.println("nothing is installed, as this is a dry run");
      return true;
    }
    store.noteBackfilled(seamMillis);
    complete(remaining);
    return new Confirmation(store, live, clock, this::sleep, out).agrees(check, options.seed());
  }

  /**
   * Publishes the entities without history up to the seam once more, as nothing is missing of them
   * either. Also does what an interrupted run left, if nothing is missing any more.
   */
  public void completeAll() throws IOException {
    try (Remaining all = new Remaining()) {
      complete(all);
    }
  }

  private void complete(Remaining remaining) throws IOException {
    Duration wait = RedisStateStore.BACKFILL_KNOWN_AFTER;
    out.println("in %d s all functions know it".formatted(wait.toSeconds()));
    out.flush();
    sleep(wait);
    index.forEach(remaining::haveState);
    remaining.forEach(each -> installer.add(new KeyEvents(each, List.of()), 0));
    installer.flush();
  }

  private void sleep(Duration pause) {
    try {
      sleeper.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted: run it again", e);
    }
  }
}
