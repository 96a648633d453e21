package dev.freshet.history;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.distinct;
import static dev.freshet.definition.Aggregates.first;
import static dev.freshet.definition.Aggregates.firstAt;
import static dev.freshet.definition.Aggregates.latest;
import static dev.freshet.definition.Aggregates.latestAt;
import static dev.freshet.definition.Aggregates.max;
import static dev.freshet.definition.Aggregates.mean;
import static dev.freshet.definition.Aggregates.min;
import static dev.freshet.definition.Aggregates.percentile;
import static dev.freshet.definition.Aggregates.stddev;
import static dev.freshet.definition.Aggregates.sum;
import static dev.freshet.testing.TestEvents.MINUTE;
import static dev.freshet.testing.TestEvents.SECOND;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.mapping.LogarithmicMapping;
import com.datadoghq.sketch.ddsketch.store.UnboundedSizeDenseStore;
import dev.freshet.definition.Aggregate.OfEvents;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.FeatureGroupBuilder;
import dev.freshet.definition.HistoryWindow;
import dev.freshet.definition.TimeWindow;
import dev.freshet.definition.Window;
import dev.freshet.event.Event;
import dev.freshet.fold.Occurrence;
import dev.freshet.input.Columns;
import dev.freshet.input.Filter;
import dev.freshet.input.Input;
import dev.freshet.testing.TestGroups;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;

/** A random declaration of history, and what each feature means, slow and obvious. */
final class PlainHistory {

  /** An event; {@code x} in billionths, for an input of 6 digits and one of 9. */
  record Known(String id, long time, int type, Long x, String kind) {}

  /** What a feature is computed from, and how. */
  record Meaning(OfEvents declared, Input input, Function<List<Known>, Object> value) {}

  /** A feature: what it means in which window. */
  private record Plain(
      long length, long hop, long delay, Predicate<Known> filter, Meaning meaning) {
    List<Known> seen(long now, List<Known> sorted) {
      long end = now - delay;
      long start = length == 0 ? Long.MIN_VALUE : Math.floorDiv(end - length, hop) * hop;
      return sorted.stream()
          .filter(filter)
          .filter(each -> each.time() > start && each.time() <= end)
          .toList();
    }
  }

  static final Comparator<Known> OLDEST_FIRST =
      Comparator.comparingLong(Known::time)
          .thenComparing(each -> each.id().getBytes(UTF_8), Arrays::compareUnsigned);

  private static final Input X = Input.decimal("x");
  private static final Input WIDE = Input.decimal("x").scale(9);
  private static final Input KIND = Input.text("kind");
  private static final Filter IS_A = Filter.is("kind", "a");
  private static final long BILLION = 1_000_000_000;

  private final List<Plain> features = new ArrayList<>();
  private final FeatureGroup group;
  private final Random random;

  PlainHistory(int seed) {
    this(seed, 0);
  }

  /**
   * @param mostEvents how many events an entity holds one by one; 0 for the usual number
   */
  PlainHistory(int seed, int mostEvents) {
    random = new Random(seed);
    FeatureGroupBuilder builder =
        FeatureGroup.named(TestGroups.freshName("history_" + seed))
            .dimension(TestGroups.AREA)
            .reads(TestGroups.ITEM_CREATED, TestGroups.ITEM_PICKED)
            .lateness(Duration.ofMinutes(List.of(1, 30, 300).get(random.nextInt(3))));
    if (mostEvents > 0) {
      builder.holdingAtMost(mostEvents);
    }
    List<HistoryWindow> windows = new ArrayList<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      windows.add(window());
    }
    for (int i = 1 + random.nextInt(8); i > 0; i--) {
      add(builder, i, windows.get(random.nextInt(windows.size())));
    }
    group = builder.build();
  }

  private HistoryWindow window() {
    long hop = List.of(SECOND, 7 * MINUTE, 60 * MINUTE, 24 * 60 * MINUTE).get(random.nextInt(4));
    HistoryWindow window =
        random.nextInt(4) == 0
            ? Window.lifetime()
            : Window.seconds(hop / SECOND * (1 + random.nextInt(6)) + random.nextInt(4) * 7L)
                .every(Duration.ofMillis(hop));
    TimeWindow delay = random.nextInt(3) == 0 ? Window.minutes(1 + random.nextInt(900)) : null;
    return delay == null ? window : window.delayedBy(delay);
  }

  private void add(FeatureGroupBuilder builder, int index, HistoryWindow window) {
    List<Meaning> all = meanings("f" + index);
    Meaning meaning = all.get(random.nextInt(all.size()));
    Input input = meaning.input();
    Predicate<Known> filter =
        each -> input == null || (input.isText() ? each.kind() : each.x()) != null;
    OfEvents declared = meaning.declared();
    if (random.nextInt(3) == 0) {
      declared = declared.where(IS_A);
      filter = filter.and(each -> "a".equals(each.kind()));
    }
    builder.over(window, declared);
    HistorySpan span = spanOf(window);
    features.add(
        new Plain(
            span.isLifetime() ? 0 : span.lengthMillis(),
            span.hopMillis(),
            span.delayMillis(),
            filter,
            meaning));
  }

  private static HistorySpan spanOf(HistoryWindow window) {
    long delay = window.delay() == null ? 0 : window.delay().length().toMillis();
    return window.length() == null
        ? new HistorySpan(Long.MAX_VALUE, 0, delay)
        : new HistorySpan(window.length().length().toMillis(), window.hop().toMillis(), delay);
  }

  FeatureGroup group() {
    return group;
  }

  Random random() {
    return random;
  }

  /** Returns the value of each feature: a double, a text, or null. */
  List<Object> values(long now, List<Known> sorted) {
    return features.stream()
        .map(each -> each.meaning().value().apply(each.seen(now, sorted)))
        .toList();
  }

  /** Returns the events that each feature sees. */
  List<List<Known>> seen(long now, List<Known> sorted) {
    return features.stream().map(each -> each.seen(now, sorted)).toList();
  }

  /** Returns an event as the group takes it. */
  Event event(Known known) {
    Columns columns = group.columns();
    long[] numbers = new long[columns.width()];
    for (int i = 0; i < columns.numbers().size(); i++) {
      int place = columns.place(i);
      boolean isWide = Columns.isWide(columns.numbers().get(i));
      numbers[place] =
          known.x() == null
              ? Occurrence.NO_VALUE
              : isWide ? known.x() / BILLION : known.x() / 1_000;
      if (isWide) {
        numbers[place + 1] = known.x() == null ? 0 : known.x() % BILLION;
      }
    }
    String[] texts = new String[columns.texts().size()];
    Arrays.fill(texts, known.kind());
    long passed = !columns.filters().isEmpty() && "a".equals(known.kind()) ? 1 : 0;
    return new Event(known.id(), known.type(), known.time(), "key", numbers, texts, passed);
  }

  private static List<Meaning> meanings(String name) {
    List<Meaning> all = new ArrayList<>();
    all.add(new Meaning(count().as(name), null, seen -> (double) seen.size()));
    all.add(new Meaning(latestAt(name), null, seen -> timeOf(last(seen))));
    all.add(new Meaning(firstAt(name), null, seen -> timeOf(seen.isEmpty() ? null : seen.get(0))));
    all.add(
        new Meaning(
            first().of(KIND).as(name), KIND, seen -> seen.isEmpty() ? null : seen.get(0).kind()));
    all.add(
        new Meaning(
            latest().of(KIND).as(name), KIND, seen -> seen.isEmpty() ? null : last(seen).kind()));
    all.add(new Meaning(distinct().of(KIND).as(name), KIND, seen -> different(seen, Known::kind)));
    for (Input input : List.of(X, WIDE)) {
      all.add(number(input, sum().of(input).as(name), xs -> total(xs).doubleValue()));
      all.add(number(input, mean().of(input).as(name), xs -> xs.isEmpty() ? null : meanOf(xs)));
      all.add(number(input, stddev().of(input).as(name), PlainHistory::deviation));
      all.add(
          number(
              input,
              min().of(input).as(name),
              xs ->
                  xs.isEmpty()
                      ? null
                      : xs.stream().min(BigDecimal::compareTo).get().doubleValue()));
      all.add(
          number(
              input,
              max().of(input).as(name),
              xs ->
                  xs.isEmpty()
                      ? null
                      : xs.stream().max(BigDecimal::compareTo).get().doubleValue()));
      all.add(
          number(
              input,
              latest().of(input).as(name),
              xs -> xs.isEmpty() ? null : xs.get(xs.size() - 1).doubleValue()));
      all.add(number(input, percentile(75).of(input).as(name), PlainHistory::upperQuartile));
      all.add(
          number(
              input,
              distinct().of(input).as(name),
              xs -> xs.isEmpty() ? null : (double) xs.stream().distinct().count()));
    }
    return all;
  }

  private static Meaning number(
      Input input, OfEvents declared, Function<List<BigDecimal>, Object> value) {
    long unit = Columns.isWide(input) ? 1 : 1_000;
    return new Meaning(
        declared,
        input,
        seen ->
            value.apply(
                seen.stream()
                    .map(each -> BigDecimal.valueOf(each.x() / unit, input.scale()))
                    .toList()));
  }

  private static Known last(List<Known> seen) {
    return seen.isEmpty() ? null : seen.get(seen.size() - 1);
  }

  private static Object timeOf(Known known) {
    return known == null ? null : (double) known.time();
  }

  private static Object different(List<Known> seen, Function<Known, Object> value) {
    return seen.isEmpty() ? null : (double) seen.stream().map(value).distinct().count();
  }

  private static BigDecimal total(List<BigDecimal> xs) {
    return xs.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static double meanOf(List<BigDecimal> xs) {
    return total(xs).divide(BigDecimal.valueOf(xs.size()), MathContext.DECIMAL128).doubleValue();
  }

  private static Object deviation(List<BigDecimal> xs) {
    int n = xs.size();
    if (n < 2) {
      return null;
    }
    BigDecimal sum = total(xs);
    BigDecimal squares = total(xs.stream().map(x -> x.multiply(x)).toList());
    double deviations =
        squares
            .multiply(new BigDecimal(BigInteger.valueOf(n)))
            .subtract(sum.multiply(sum))
            .divide(BigDecimal.valueOf(n), MathContext.DECIMAL128)
            .doubleValue();
    return Math.sqrt(deviations / (n - 1));
  }

  /** Interpolates between the values that a fresh sketch gives for the two ranks. */
  private static Object upperQuartile(List<BigDecimal> xs) {
    if (xs.isEmpty()) {
      return null;
    }
    DDSketch sketch = new DDSketch(new LogarithmicMapping(0.01), UnboundedSizeDenseStore::new);
    xs.forEach(x -> sketch.accept(x.doubleValue()));
    long hundredths = (xs.size() - 1L) * 75;
    long rank = hundredths / 100;
    double fraction = hundredths % 100 / 100.0;
    double below = ranked(sketch, rank, xs.size());
    return fraction == 0 ? below : below + fraction * (ranked(sketch, rank + 1, xs.size()) - below);
  }

  private static double ranked(DDSketch sketch, long rank, int n) {
    return sketch.getValueAtQuantile(n == 1 ? 0.5 : Math.min(1, (rank + 0.5) / (n - 1)));
  }
}
