package dev.freshet.oracle;

import static dev.freshet.definition.Value.amount;
import static dev.freshet.definition.Value.seconds;

import dev.freshet.definition.Aggregate;
import dev.freshet.definition.Dimension;
import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.FeatureGroupBuilder;
import dev.freshet.definition.LastEvents;
import dev.freshet.definition.LookBack;
import dev.freshet.definition.Stage;
import dev.freshet.definition.Status;
import dev.freshet.definition.TimeWindow;
import dev.freshet.oracle.PlainGroup.PlainFeature;
import dev.freshet.oracle.PlainGroup.Unit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A feature group drawn at random through the public builder, and beside it the same in plain
 * words: any mix of a last-N window, windows over events, windows over stages and statuses. The
 * same for the same seed.
 */
public final class RandomDeclaration {

  /** In the order in which an item mostly goes through them. */
  static final List<EventType> TYPES =
      IntStream.range(0, 5)
          .mapToObj(i -> new EventType("STEP_" + i, "step-" + i, "itemId"))
          .toList();

  /** Longer than any event of a history is late. */
  public static final Duration LONG_TO_LIVE = Duration.ofDays(90);

  private static final int[] SCALES_SECONDS = {1, 60, 600, 3_600, 86_400};

  private final Random random;
  private final FeatureGroupBuilder builder;
  private final List<PlainFeature> features = new ArrayList<>();
  private final List<Runnable> parts = new ArrayList<>();
  private final List<Long> lengths;
  private final List<EventType> read = new ArrayList<>();
  private final List<Stage> stages = new ArrayList<>();
  private final int lastSize;
  private final boolean hasLast;
  private final Unit unit;
  private final PlainGroup plain;
  private final FeatureGroup group;

  private final int scaleSeconds;

  /** Whether an item may go on for long; then a status ends with later stages only. */
  final boolean hasLongItems;

  /** Whether amounts may be so great that a sum of doubles would not be exact. */
  final boolean hasGreatAmounts;

  /** How long the state of an entity outlives its last write. */
  private final Duration timeToLive;

  /**
   * @param seedOfAll also the name's ending
   */
  public RandomDeclaration(long seedOfAll) {
    random = new Random(seedOfAll);
    builder = FeatureGroup.named("random_" + seedOfAll);
    int kinds = 1 + random.nextInt(7);
    hasLast = (kinds & 1) != 0;
    boolean hasWindows = (kinds & 2) != 0;
    boolean hasItems = (kinds & 4) != 0;
    scaleSeconds = SCALES_SECONDS[random.nextInt(SCALES_SECONDS.length)];
    hasLongItems = random.nextBoolean();
    hasGreatAmounts = random.nextInt(3) == 0;
    lengths = lengths();
    lastSize = 1 + random.nextInt(random.nextBoolean() ? 8 : 60);
    unit = hasLast || (hasWindows && random.nextBoolean()) ? anyUnit() : Unit.NONE;
    if (hasLast || hasWindows) {
      read.addAll(someOf(TYPES, 1));
      builder.reads(read.toArray(EventType[]::new));
      declareValue();
    }
    if (hasItems) {
      someOf(TYPES, 2).forEach(type -> stages.add(new Stage(stageName(type), type)));
      builder.follows(stages.toArray(Stage[]::new));
      declareItems();
    }
    if (hasWindows) {
      declareWindows();
    }
    if (hasLast) {
      declareLast();
    }
    Collections.shuffle(parts, random);
    parts.forEach(Runnable::run);
    group = builder.dimension(new Dimension("shop", "shopId")).build();
    plain = new PlainGroup("shopId", names(read), followed(), unit, lastSize, features);
    timeToLive = random.nextInt(4) > 0 ? LONG_TO_LIVE : Duration.ofHours(1);
  }

  public FeatureGroup group() {
    return group;
  }

  PlainGroup plain() {
    return plain;
  }

  /**
   * An oracle of the group that has seen nothing yet.
   *
   * @param timeToLive how long the state of an entity outlives its last write
   */
  public DeclarationOracle oracle(Duration timeToLive) {
    return new DeclarationOracle(plain, timeToLive.toMillis());
  }

  /** How long the state of an entity outlives its last write: long, or no longer than an hour. */
  public Duration timeToLive() {
    return timeToLive;
  }

  /** The time that the lengths of its windows are multiples of. */
  public Duration scale() {
    return Duration.ofSeconds(scaleSeconds);
  }

  private List<Long> lengths() {
    Set<Long> drawn = new LinkedHashSet<>();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      long off = scaleSeconds > 1 && random.nextInt(4) == 0 ? 1 : 0;
      drawn.add((1L + random.nextInt(5)) * scaleSeconds - off);
    }
    return List.copyOf(drawn);
  }

  private <T> List<T> someOf(List<T> all, int least) {
    List<T> some = new ArrayList<>(all);
    Collections.shuffle(some, random);
    return some.subList(0, least + random.nextInt(all.size() - least + 1));
  }

  private Unit anyUnit() {
    return random.nextInt(3) == 0 ? Unit.SECONDS : Unit.AMOUNT;
  }

  private void declareValue() {
    if (unit != Unit.NONE) {
      builder.value(unit == Unit.AMOUNT ? amount("amount") : seconds("fromAt", "toAt"));
    }
  }

  private void declareLast() {
    var drawn = someOf(RandomTransformations.fit(hasGreatAmounts), 1);
    parts.add(
        () -> {
          builder.over(LastEvents.lastEvents(lastSize), RandomTransformations.declared(drawn));
          drawn.forEach(each -> features.add(new PlainFeature.Last(each.name())));
        });
  }

  private void declareWindows() {
    boolean isOfMeans = unit != Unit.NONE && random.nextInt(4) == 0;
    List<String> offered =
        isOfMeans
            ? List.of("average")
            : unit == Unit.NONE ? List.of("events") : List.of("events", "sum", "average");
    boolean readsValue = unit == Unit.NONE || hasLast;
    for (long length : someOf(lengths, 1)) {
      for (String what : someOf(offered, 1)) {
        parts.add(() -> addWindow(what, length));
        readsValue |= !what.equals("events");
      }
    }
    if (!readsValue) {
      parts.add(() -> addWindow("average", lengths.get(0)));
    }
  }

  private void addWindow(String what, long seconds) {
    Aggregate aggregate =
        switch (what) {
          case "events" -> Aggregate.events("seen");
          case "sum" -> Aggregate.sum("amount");
          default -> Aggregate.average("amount");
        };
    builder.over(window(seconds), aggregate);
    String name = aggregate.stem() + "_" + label(seconds);
    features.add(new PlainFeature.Window(name, what, 1_000 * seconds));
  }

  private void declareItems() {
    for (long length : someOf(lengths, 1)) {
      someOf(stages, 1).forEach(stage -> parts.add(() -> addEntered(stage, length)));
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      Stage since = stages.get(random.nextInt(stages.size()));
      List<Stage> ends = stages.stream().filter(stage -> mayEnd(stage, since)).toList();
      if (!ends.isEmpty()) {
        String name = "status_" + i;
        List<Stage> until = someOf(ends, 1);
        long length = lengths.get(random.nextInt(lengths.size()));
        parts.add(() -> addStatus(new Status(name, since, until), length));
      }
    }
  }

  private boolean mayEnd(Stage stage, Stage since) {
    int behind = TYPES.indexOf(stage.enteredBy()) - TYPES.indexOf(since.enteredBy());
    return hasLongItems ? behind > 0 : behind != 0;
  }

  private void addEntered(Stage stage, long seconds) {
    builder.over(window(seconds), Aggregate.entered(stage));
    features.add(
        new PlainFeature.Entered(
            stage.name() + "_" + label(seconds), stage.enteredBy().name(), 1_000 * seconds));
  }

  private void addStatus(Status status, long seconds) {
    builder.over(LookBack.lookBack(Duration.ofSeconds(seconds)), status);
    features.add(
        new PlainFeature.Open(
            status.name(),
            status.since().enteredBy().name(),
            status.until().stream().map(stage -> stage.enteredBy().name()).toList(),
            1_000 * seconds));
  }

  private static TimeWindow window(long seconds) {
    return seconds % 60 == 0 ? TimeWindow.minutes(seconds / 60) : TimeWindow.seconds(seconds);
  }

  private static String label(long seconds) {
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }

  private static String stageName(EventType type) {
    return "entered_" + TYPES.indexOf(type);
  }

  private static Set<String> names(List<EventType> types) {
    return types.stream().map(EventType::name).collect(Collectors.toSet());
  }

  private Set<String> followed() {
    return names(stages.stream().map(Stage::enteredBy).toList());
  }

  @Override
  public String toString() {
    return "%s of %s, value %s, last %d".formatted(features, names(read), unit, lastSize);
  }
}
