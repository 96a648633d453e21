package dev.freshet.testing;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.distinct;
import static dev.freshet.definition.Aggregates.first;
import static dev.freshet.definition.Aggregates.latest;
import static dev.freshet.definition.Aggregates.latestAt;
import static dev.freshet.definition.Aggregates.max;
import static dev.freshet.definition.Aggregates.mean;
import static dev.freshet.definition.Aggregates.min;
import static dev.freshet.definition.Aggregates.percentile;
import static dev.freshet.definition.Aggregates.rollingMean;
import static dev.freshet.definition.Aggregates.slope;
import static dev.freshet.definition.Aggregates.sum;
import static dev.freshet.definition.Aggregates.top;
import static dev.freshet.definition.Aggregates.variance;
import static dev.freshet.testing.TestEvents.SECOND;
import static dev.freshet.testing.TestGroups.AREA;
import static dev.freshet.testing.TestGroups.ITEM_CREATED;
import static dev.freshet.testing.TestGroups.ITEM_PICKED;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.definition.Aggregate.OfEvents;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.FeatureGroupBuilder;
import dev.freshet.definition.TimeWindow;
import dev.freshet.definition.Window;
import dev.freshet.event.Event;
import dev.freshet.fold.Occurrence;
import dev.freshet.input.Filter;
import dev.freshet.input.Input;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** A random declaration of features over events, and what each means, slow and obvious. */
public final class RandomFeatures {

  static final Input X = Input.decimal("x");
  static final Input KIND = Input.text("kind");

  private static final Filter IS_A = Filter.is("kind", "a");
  private static final Filter POSITIVE = Filter.above(X, 0);

  /** An event, with a number and a text that may be absent. */
  public record Known(String id, long time, int type, Long x, String kind) {}

  /** The events that a feature sees at an instant. */
  private record Seen(int last, long length, long delay, Predicate<Known> filter) {
    List<Known> at(long instant, List<Known> all) {
      List<Known> seen =
          all.stream()
              .filter(filter)
              .filter(each -> length == 0 || isIn(each.time(), instant - delay))
              .sorted(OLDEST_FIRST)
              .toList();
      return last == 0 ? seen : seen.subList(Math.max(0, seen.size() - last), seen.size());
    }

    private boolean isIn(long time, long end) {
      return end - length < time && time <= end;
    }
  }

  private static final Comparator<Known> OLDEST_FIRST =
      Comparator.comparingLong(Known::time)
          .thenComparing(each -> each.id().getBytes(UTF_8), Arrays::compareUnsigned);

  private record Meaning(
      Function<String, OfEvents> aggregate,
      Input input,
      boolean isOfSequence,
      Function<List<Known>, Object> value) {}

  private static final List<Meaning> MEANINGS =
      List.of(
          new Meaning(name -> count().as(name), null, false, seen -> (double) seen.size()),
          new Meaning(name -> count().of(X).as(name), X, false, seen -> (double) seen.size()),
          number(sum(), false, xs -> Arrays.stream(xs).sum()),
          number(
              mean(),
              false,
              xs -> xs.length == 0 ? null : Arrays.stream(xs).average().orElseThrow()),
          number(min(), false, xs -> xs.length == 0 ? null : Arrays.stream(xs).min().orElseThrow()),
          number(max(), false, xs -> xs.length == 0 ? null : Arrays.stream(xs).max().orElseThrow()),
          number(variance(), false, RandomFeatures::varianceOf),
          number(percentile(75), false, RandomFeatures::upperQuartile),
          number(
              distinct(),
              false,
              xs -> xs.length == 0 ? null : (double) Arrays.stream(xs).distinct().count()),
          number(first(), false, xs -> xs.length == 0 ? null : xs[0]),
          number(
              rollingMean(2),
              true,
              xs -> xs.length < 2 ? null : (xs[xs.length - 1] + xs[xs.length - 2]) / 2),
          number(slope(), true, RandomFeatures::slopeOf),
          text(
              distinct(),
              seen ->
                  seen.isEmpty()
                      ? null
                      : (double) seen.stream().map(Known::kind).distinct().count()),
          text(latest(), seen -> seen.isEmpty() ? null : seen.get(seen.size() - 1).kind()),
          text(top(2), RandomFeatures::mostFrequent),
          new Meaning(
              name -> latestAt(name),
              null,
              false,
              seen -> seen.isEmpty() ? null : (double) seen.get(seen.size() - 1).time()));

  private final FeatureGroup group;

  /** For each feature, what it sees, what it is computed from, and its meaning. */
  private final List<Seen> seen = new ArrayList<>();

  private final List<Meaning> meanings = new ArrayList<>();

  public RandomFeatures(int seed) {
    Random random = new Random(seed);
    FeatureGroupBuilder builder =
        FeatureGroup.named(TestGroups.freshName("random_" + seed))
            .dimension(AREA)
            .reads(ITEM_CREATED, ITEM_PICKED);
    int windows = random.nextInt(3); // 0: last only, 1: time only, 2: both
    for (int i = 1 + random.nextInt(6); i > 0; i--) {
      add(builder, i, windows == 0 || (windows == 2 && random.nextBoolean()), random);
    }
    group = builder.build();
  }

  public FeatureGroup group() {
    return group;
  }

  /** Returns a random event of about an instant. */
  public static Known known(String id, long now, Random random) {
    Long x = random.nextInt(4) == 0 ? null : random.nextInt(5) - 2L;
    String kind = random.nextInt(4) == 0 ? null : List.of("a", "b", "c").get(random.nextInt(3));
    long time = now + SECOND / 2 * (random.nextInt(90) - 70);
    return new Known(id, time, random.nextInt(2), x, kind);
  }

  private void add(FeatureGroupBuilder builder, int index, boolean isLast, Random random) {
    Meaning meaning = MEANINGS.get(random.nextInt(MEANINGS.size()));
    while (meaning.isOfSequence() && !isLast) {
      meaning = MEANINGS.get(random.nextInt(MEANINGS.size()));
    }
    OfEvents aggregate = meaning.aggregate().apply("f" + index);
    Predicate<Known> filter = has(meaning.input());
    int filtered = random.nextInt(4);
    if (filtered == 0) {
      aggregate = aggregate.where(IS_A);
      filter = filter.and(each -> "a".equals(each.kind()));
    } else if (filtered == 1) {
      aggregate = aggregate.where(POSITIVE);
      filter = filter.and(each -> each.x() != null && each.x() > 0);
    }
    long length = 1L + random.nextInt(40);
    TimeWindow window = Window.seconds(length);
    if (isLast) {
      int size = 1 + random.nextInt(5);
      boolean isOfAnyAge = random.nextBoolean();
      builder.over(isOfAnyAge ? Window.last(size) : Window.last(size).within(window), aggregate);
      seen.add(new Seen(size, isOfAnyAge ? 0 : length * SECOND, 0, filter));
    } else {
      long delay = random.nextBoolean() ? 0 : 1 + random.nextInt(20);
      builder.over(delay == 0 ? window : window.delayedBy(Window.seconds(delay)), aggregate);
      seen.add(new Seen(0, length * SECOND, delay * SECOND, filter));
    }
    meanings.add(meaning);
  }

  private static Predicate<Known> has(Input input) {
    return each -> input == null || (input.isText() ? each.kind() : each.x()) != null;
  }

  /** Returns the value of each feature, if the entity has any: a double, a text, or null. */
  public List<Object> naive(long instant, List<Known> all) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < seen.size(); i++) {
      values.add(meanings.get(i).value().apply(seen.get(i).at(instant, all)));
    }
    return values;
  }

  /** Returns the ages at which an event enters or leaves a window. */
  public List<Long> edges() {
    List<Long> edges = new ArrayList<>(List.of(0L));
    seen.forEach(each -> edges.addAll(List.of(each.delay(), each.delay() + each.length())));
    return edges;
  }

  /** Returns an event as the group takes it. */
  public Event event(Known known) {
    long[] numbers = new long[group.columns().width()];
    Arrays.fill(numbers, known.x() == null ? Occurrence.NO_VALUE : known.x() * 1_000_000);
    String[] texts = new String[group.columns().texts().size()];
    Arrays.fill(texts, known.kind());
    long passed = 0;
    List<Filter> filters = group.columns().filters();
    for (int i = 0; i < filters.size(); i++) {
      boolean passes =
          filters.get(i).equals(IS_A)
              ? "a".equals(known.kind())
              : known.x() != null && known.x() > 0;
      passed |= passes ? 1L << i : 0;
    }
    return new Event(known.id(), known.type(), known.time(), "key", numbers, texts, passed);
  }

  private static Meaning number(
      OfEvents aggregate, boolean isOfSequence, Function<double[], Double> value) {
    return new Meaning(
        name -> aggregate.of(X).as(name),
        X,
        isOfSequence,
        seen -> value.apply(seen.stream().mapToDouble(Known::x).toArray()));
  }

  private static Meaning text(OfEvents aggregate, Function<List<Known>, Object> value) {
    return new Meaning(name -> aggregate.of(KIND).as(name), KIND, false, value);
  }

  private static Double varianceOf(double[] xs) {
    if (xs.length < 2) {
      return null;
    }
    double mean = Arrays.stream(xs).average().orElseThrow();
    return Arrays.stream(xs).map(x -> (x - mean) * (x - mean)).sum() / (xs.length - 1);
  }

  private static Double upperQuartile(double[] xs) {
    if (xs.length == 0) {
      return null;
    }
    double[] sorted = xs.clone();
    Arrays.sort(sorted);
    double rank = (xs.length - 1) * 0.75;
    int below = (int) rank;
    double above = sorted[Math.min(below + 1, xs.length - 1)];
    return sorted[below] + (rank - below) * (above - sorted[below]);
  }

  private static Double slopeOf(double[] xs) {
    if (xs.length < 2) {
      return null;
    }
    double middle = (xs.length - 1) / 2.0;
    double products = 0;
    double squares = 0;
    for (int i = 0; i < xs.length; i++) {
      products += (i - middle) * xs[i];
      squares += (i - middle) * (i - middle);
    }
    return products / squares;
  }

  private static Object mostFrequent(List<Known> seen) {
    Map<String, Integer> counts = new TreeMap<>();
    seen.forEach(each -> counts.merge(each.kind(), 1, Integer::sum));
    List<String> kinds = new ArrayList<>(counts.keySet());
    kinds.sort(Comparator.comparing((String kind) -> -counts.get(kind)));
    return kinds.isEmpty()
        ? null
        : "[\"" + String.join("\",\"", kinds.subList(0, Math.min(2, kinds.size()))) + "\"]";
  }
}
