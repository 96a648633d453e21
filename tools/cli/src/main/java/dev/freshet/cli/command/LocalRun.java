package dev.freshet.cli.command;

import dev.freshet.city.SimulatedCity;
import dev.freshet.local.platform.LocalKinesis;
import dev.freshet.local.platform.Platform;
import dev.freshet.operations.events.EventFile;
import dev.freshet.operations.events.EventPutter;
import dev.freshet.operations.events.EventReader;
import dev.freshet.operations.events.EventTimeline;
import dev.freshet.replay.EventJudge;
import dev.freshet.replay.FeatureColumns;
import dev.freshet.replay.events.EventTally;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** One run of a local platform: the file, the city, the time it is to last, the summary. */
final class LocalRun {

  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(20);
  private static final Duration CITY_INTERVAL = Duration.ofMillis(50);
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration FOREVER = Duration.ofDays(36_500);

  private final Platform platform;
  private final Workload workload;
  private final Stop stop;
  private final InstantSource time;
  private final Console console;

  LocalRun(Platform platform, Workload workload, Stop stop, InstantSource time, Console console) {
    this.platform = platform;
    this.workload = workload;
    this.stop = stop;
    this.time = time;
    this.console = console;
  }

  /**
   * Runs until the time is over or the run is asked to stop.
   *
   * @param duration how long to go on after the file; empty for ever
   * @throws IOException if no event of the file can be used
   */
  void run(Optional<Duration> duration) throws IOException, InterruptedException {
    Instant start = time.instant();
    try (KinesisClient kinesis = LocalKinesis.connect(platform.kinesisEndpoint());
        EventPutter putter = new EventPutter(kinesis, "");
        Ticker status = new StatusLine(platform, console).ticker()) {
      status.start();
      try (Ticker city = city(putter)) {
        city.start();
        if (workload.events().isPresent()) {
          process(workload.events().get(), putter);
        }
        work(duration.orElse(FOREVER));
      }
      drain(DRAIN_LIMIT);
    }
    console.summary(platform.figures(), Duration.between(start, time.instant()));
    console.summary(platform.stateMachineCounters());
  }

  /** Puts what happens in the simulated city into the streams as it happens. */
  private Ticker city(EventPutter putter) {
    Optional<SimulatedCity> city =
        workload
            .ordersPerMinute()
            .filter(rate -> hasTheStreamsOfTheCity())
            .map(rate -> new SimulatedCity(workload.seed(), rate, time.instant()));
    return new Ticker(
        "simulated city",
        CITY_INTERVAL,
        () -> city.ifPresent(each -> putter.putAll(each.until(time.instant()))));
  }

  private boolean hasTheStreamsOfTheCity() {
    Set<String> missing = SimulatedCity.streams();
    missing.removeAll(platform.streams());
    if (!missing.isEmpty()) {
      String streams = String.join(", ", missing);
      console.warn("no simulated city: serverless.yml has no stream " + streams);
    }
    return missing.isEmpty();
  }

  private void process(EventFile file, EventPutter putter)
      throws IOException, InterruptedException {
    Duration offset = workload.shiftToNow() ? offset(file) : Duration.ZERO;
    EventTally tally = new EventTally();
    EventJudge judge = new EventJudge(new FeatureColumns(workload.groups()), tally, time::millis);
    Instant start = time.instant();
    long count = 0;
    Optional<String> ofNoStream;
    try (EventReader events =
        file.openShiftedBy(offset, event -> judge.judge(event, file.toString()))) {
      Counted counted = new Counted(events, stop::isAsked);
      putter.putAll(counted);
      count = counted.count();
      ofNoStream = events.ofNoStream();
    }
    drain(FOREVER);
    console.fileDone(count, Duration.between(start, time.instant()));
    ofNoStream.ifPresent(console::warn);
    if (!stop.isAsked()) {
      tally.requireAny();
    }
    tally.problems().forEach(console::warn);
  }

  private Duration offset(EventFile file) {
    EventTimeline timeline = file.timeline();
    Duration offset = timeline.offsetTo(time.instant());
    console.say("events file: every time shifted by " + offset.toMillis() + " ms");
    timeline.leftOut().ifPresent(console::warn);
    return offset;
  }

  private void work(Duration most) throws InterruptedException {
    Instant end = time.instant().plus(most);
    while (time.instant().isBefore(end)) {
      platform.failure().ifPresent(LocalRun::fail);
      if (stop.await(shorter(Duration.between(time.instant(), end), Duration.ofSeconds(1)))) {
        return;
      }
    }
  }

  /** Waits until what was put is in the feature store, first the functions, then the subscriber. */
  private void drain(Duration most) throws InterruptedException {
    Instant deadline = time.instant().plus(most);
    Instant put = time.instant();
    await(() -> platform.haveDoneEventsOf(put), deadline);
    Instant published = time.instant();
    await(() -> platform.haveStoredResultsOf(published), deadline);
  }

  private void await(BooleanSupplier condition, Instant deadline) throws InterruptedException {
    while (!condition.getAsBoolean() && time.instant().isBefore(deadline)) {
      platform.failure().ifPresent(LocalRun::fail);
      if (stop.await(POLL)) {
        return;
      }
    }
  }

  private static Duration shorter(Duration left, Duration right) {
    return left.compareTo(right) < 0 ? left : right;
  }

  private static void fail(Throwable fault) {
    throw new IllegalStateException("the platform failed: " + fault, fault);
  }
}
