package dev.freshet.cli.local;

import dev.freshet.city.SimulatedCity;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.local.platform.LocalKinesis;
import dev.freshet.local.platform.Platform;
import dev.freshet.operations.events.EventFile;
import dev.freshet.operations.events.EventPutter;
import dev.freshet.operations.events.EventReader;
import dev.freshet.operations.events.EventTimeline;
import dev.freshet.operations.events.OutgoingEvent;
import dev.freshet.replay.EventJudge;
import dev.freshet.replay.FeatureColumns;
import dev.freshet.replay.events.EventTally;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterators;
import java.util.function.BooleanSupplier;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** Runs a local platform: puts the file and the city, waits, and prints the summary. */
record LocalRun(
    Platform platform, Workload workload, Stop stop, InstantSource time, Console console) {

  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(20);
  private static final Duration CITY_INTERVAL = Duration.ofMillis(50);
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration FOREVER = Duration.ofDays(36_500);

  /**
   * The events that a run puts.
   *
   * @param events a file of events to put first
   * @param groups the deployed groups, which decide whether these events are valid
   * @param shiftToNow whether to shift the newest plausible event of the file to now
   * @param ordersPerMinute of the simulated city; empty for no city
   * @param seed of the simulated city
   */
  record Workload(
      Optional<EventFile> events,
      List<FeatureGroup> groups,
      boolean shiftToNow,
      Optional<Integer> ordersPerMinute,
      long seed) {}

  /**
   * Runs until the duration is over or a stop is requested.
   *
   * @param duration how long to run after the file; empty for no limit
   * @throws IOException if no event of the file can be used
   */
  @SuppressWarnings("try") // the tickers are only started and closed
  void run(Optional<Duration> duration) throws IOException, InterruptedException {
    Instant start = time.instant();
    try (KinesisClient kinesis = LocalKinesis.connect(platform.kinesisEndpoint());
        EventPutter cityPutter = new EventPutter(kinesis, "");
        Ticker status = console.startStatus(platform)) {
      try (Ticker city = startCity(cityPutter)) {
        if (workload.events().isPresent()) {
          process(workload.events().get(), kinesis);
        }
        work(duration.orElse(FOREVER));
      }
      drain(DRAIN_LIMIT);
    }
    console.summary(platform.counters(), Duration.between(start, time.instant()));
    console.summary(platform.stateMachineCounters());
    console.summary(platform.ledgerAtRest());
  }

  /** Puts the events of the simulated city at the times when they happen. */
  private Ticker startCity(EventPutter putter) {
    Optional<SimulatedCity> city =
        workload
            .ordersPerMinute()
            .filter(rate -> hasTheStreamsOfTheCity())
            .map(rate -> new SimulatedCity(workload.seed(), rate, time.instant()));
    return Ticker.start(
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

  private void process(EventFile file, KinesisClient kinesis)
      throws IOException, InterruptedException {
    Duration offset = workload.shiftToNow() ? offset(file) : Duration.ZERO;
    EventTally tally = new EventTally();
    EventJudge judge =
        new EventJudge(
            new FeatureColumns(workload.groups()), file.streams().types(), tally, time::millis);
    Instant start = time.instant();
    long count;
    Optional<String> ofNoStream;
    try (EventReader events =
            file.openShiftedBy(offset, event -> judge.judge(event, file.source()));
        EventPutter putter = new EventPutter(kinesis, "")) {
      putter.putAll(untilStop(events));
      count = putter.acknowledged();
      ofNoStream = events.ofNoStream();
    }
    drain(FOREVER);
    console.fileDone(count, Duration.between(start, time.instant()));
    ofNoStream.ifPresent(console::warn);
    if (!stop.isRequested()) {
      tally.requireAny();
    }
    tally.problems().forEach(console::warn);
  }

  private Iterator<OutgoingEvent> untilStop(Iterator<OutgoingEvent> events) {
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(events, 0), false)
        .takeWhile(each -> !stop.isRequested())
        .iterator();
  }

  private Duration offset(EventFile file) {
    EventTimeline timeline = file.timeline();
    Duration offset = timeline.offsetTo(time.instant());
    console.print("events file: every time shifted by " + offset.toMillis() + " ms");
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

  /** Waits until the functions have processed all events and the results are stored. */
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
