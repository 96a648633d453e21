package dev.freshet.console.flow;

import dev.freshet.console.Page;
import dev.freshet.local.platform.MappingFlow;
import dev.freshet.local.platform.Platform;
import dev.freshet.local.platform.PlatformCounters;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** The flow of a platform that runs in this process. */
public final class LocalFlow implements Page {

  private static final long SPAN_MILLIS = 10_000;
  private static final int MOST = 64;

  private final Platform platform;
  private final InstantSource time;
  private final Deque<Reading> recent = new ArrayDeque<>();

  /** The counters at an instant. */
  private record Reading(long atMillis, PlatformCounters counters, List<MappingFlow> mappings) {}

  public LocalFlow(Platform platform, InstantSource time) {
    this.platform = platform;
    this.time = time;
    this.recent.add(read());
  }

  @Override
  public synchronized Flow read(Map<String, String> parameters) {
    Reading now = read();
    while (recent.size() > 1
        && (recent.getFirst().atMillis() < now.atMillis() - SPAN_MILLIS || recent.size() > MOST)) {
      recent.removeFirst();
    }
    Reading before = recent.getFirst();
    recent.addLast(now);
    return flow(before, now);
  }

  private Reading read() {
    return new Reading(time.millis(), platform.counters(), platform.mappings());
  }

  private Flow flow(Reading before, Reading now) {
    double seconds = Math.max(1, now.atMillis() - before.atMillis()) / 1e3;
    PlatformCounters counters = now.counters();
    PlatformCounters.Judgements judgements = counters.judgements();
    return new Flow(
        now.atMillis(),
        "this machine",
        functions(before, now, seconds),
        (counters.events() - before.counters().events()) / seconds,
        (counters.results() - before.counters().results()) / seconds,
        freshness(before.counters(), counters),
        new Flow.Unused(judgements.late(), judgements.skipped(), judgements.invalid()),
        counters.deadLetters(),
        platform.failure().map(Throwable::toString).orElse(null));
  }

  private static List<Flow.Function> functions(Reading before, Reading now, double seconds) {
    Map<String, MappingFlow> earlier =
        before.mappings().stream().collect(Collectors.toMap(MappingFlow::id, each -> each));
    Map<String, List<MappingFlow>> byFunction =
        now.mappings().stream()
            .collect(
                Collectors.groupingBy(
                    MappingFlow::function, LinkedHashMap::new, Collectors.toList()));
    return byFunction.entrySet().stream()
        .map(
            each ->
                new Flow.Function(
                    each.getKey(),
                    each.getValue().get(0).groups(),
                    each.getValue().stream()
                        .map(flow -> reading(earlier.get(flow.id()), flow, now, seconds))
                        .toList()))
        .toList();
  }

  private static Flow.Reading reading(
      MappingFlow before, MappingFlow now, Reading at, double seconds) {
    long records = before == null ? 0 : before.records();
    return new Flow.Reading(
        now.stream(),
        (now.records() - records) / seconds,
        now.records(),
        now.failures(),
        now.givenUp(),
        now.caughtUpMillis().isEmpty()
            ? null
            : Math.max(0, at.atMillis() - now.caughtUpMillis().getAsLong()));
  }

  private static Flow.Freshness freshness(PlatformCounters before, PlatformCounters now) {
    Histogram recent = now.freshness().copy();
    recent.subtract(before.freshness());
    return Optional.of(recent)
        .filter(each -> each.getTotalCount() > 0)
        .map(
            each ->
                new Flow.Freshness(each.getValueAtPercentile(50), each.getValueAtPercentile(99)))
        .orElse(null);
  }
}
