package dev.freshet.console.flow;

import dev.freshet.console.Page;
import dev.freshet.local.platform.MappingFlow;
import dev.freshet.local.platform.Platform;
import dev.freshet.local.platform.PlatformCounters;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** The flow of a platform that runs in this process. */
public final class LocalFlow implements Page {

  private static final long SPAN_MILLIS = 10_000;
  private static final int MOST = 64;
  private static final String NOTE =
      "Rates and freshness are over the last ten seconds; counts are since the start.";

  private final Platform platform;
  private final InstantSource time;
  private final Deque<Reading> recent = new ArrayDeque<>();

  /** The counters at an instant. */
  private record Reading(long atMillis, PlatformCounters counters, List<MappingFlow> mappings) {}

  /** Two readings. */
  private record Span(Reading before, Reading now) {

    double seconds() {
      return Math.max(1, now.atMillis() - before.atMillis()) / 1e3;
    }

    double rate(long earlier, long later) {
      return (later - earlier) / seconds();
    }

    /** Returns the records that a mapping finished in a second. */
    double rate(MappingFlow mapping) {
      long earlier =
          before.mappings().stream()
              .filter(each -> each.id().equals(mapping.id()))
              .mapToLong(MappingFlow::records)
              .sum();
      return rate(earlier, mapping.records());
    }
  }

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
    Span span = new Span(recent.getFirst(), now);
    recent.addLast(now);
    return flow(span);
  }

  private Reading read() {
    return new Reading(time.millis(), platform.counters(), platform.mappings());
  }

  private Flow flow(Span span) {
    PlatformCounters before = span.before().counters();
    PlatformCounters counters = span.now().counters();
    PlatformCounters.Judgements judgements = counters.judgements();
    double results = span.rate(before.results(), counters.results());
    return new Flow(
        span.now().atMillis(),
        NOTE,
        platform.isDirect(),
        streams(span, results),
        functions(span),
        span.rate(before.events(), counters.events()),
        results,
        freshness(before, counters),
        new Flow.Unused(judgements.late(), judgements.skipped(), judgements.invalid()),
        counters.deadLetters(),
        platform.failure().map(Throwable::toString).orElse(null),
        List.of());
  }

  /** Returns all streams with the rate of their fastest reader. */
  private List<Flow.Stream> streams(Span span, double results) {
    Map<String, Double> rates = new LinkedHashMap<>();
    platform.streams().stream().sorted().forEach(stream -> rates.put(stream, 0.0));
    span.now().mappings().forEach(each -> rates.merge(each.stream(), span.rate(each), Math::max));
    rates.put(Flow.RESULTS, results);
    rates.remove(Flow.DEAD_LETTERS);
    List<Flow.Stream> streams = new ArrayList<>();
    rates.forEach((name, rate) -> streams.add(new Flow.Stream(name, rate, null)));
    return streams;
  }

  private static List<Flow.Function> functions(Span span) {
    return span.now().mappings().stream()
        .collect(
            Collectors.groupingBy(MappingFlow::function, LinkedHashMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(each -> function(each.getKey(), each.getValue(), span))
        .toList();
  }

  private static Flow.Function function(String name, List<MappingFlow> mappings, Span span) {
    OptionalLong slowest =
        mappings.stream()
            .flatMapToLong(each -> each.caughtUpMillis().stream())
            .map(caughtUp -> Math.max(0, span.now().atMillis() - caughtUp))
            .max();
    return new Flow.Function(
        name,
        mappings.get(0).groups(),
        mappings.stream().map(MappingFlow::stream).toList(),
        mappings.stream().mapToDouble(span::rate).sum(),
        null,
        sum(mappings, MappingFlow::failures),
        sum(mappings, MappingFlow::givenUp),
        slowest.isPresent() ? slowest.getAsLong() : null);
  }

  private static long sum(List<MappingFlow> mappings, ToLongFunction<MappingFlow> count) {
    return mappings.stream().mapToLong(count).sum();
  }

  private static Flow.Freshness freshness(PlatformCounters before, PlatformCounters now) {
    Histogram recent = now.freshness().copy();
    recent.subtract(before.freshness());
    return recent.getTotalCount() == 0
        ? null
        : new Flow.Freshness(recent.getValueAtPercentile(50), recent.getValueAtPercentile(99));
  }
}
