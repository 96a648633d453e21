package dev.freshet.oracle;

import dev.freshet.oracle.PlainFeature.Computed;
import dev.freshet.oracle.PlainFeature.Entered;
import dev.freshet.oracle.PlainFeature.OfEvents;
import dev.freshet.oracle.PlainFeature.Open;
import dev.freshet.oracle.PlainFeature.PlainLifecycle;
import dev.freshet.oracle.PlainFeature.PlainStage;
import dev.freshet.oracle.PlainFeature.PlainStatus;
import dev.freshet.oracle.PlainFeature.What;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Draws the features of random declarations. */
final class RandomFeatures {

  /** The bit of windows of history. */
  static final int HISTORY = 8;

  private final Random random;
  private final RandomInputs inputs;
  private final long scaleSeconds;
  private final boolean hasMeta;

  /** Whether an item may go on for long; then a status ends with later stages only. */
  private final boolean hasLongItems;

  /** How late an event may arrive to count in history. */
  private final Duration lateness;

  private final List<PlainLifecycle> lifecycles;
  private final List<List<PlainStage>> stages;

  RandomFeatures(Random random, long scaleSeconds, boolean hasMeta) {
    this.random = random;
    this.inputs = new RandomInputs(random, hasMeta);
    this.scaleSeconds = scaleSeconds;
    this.hasMeta = hasMeta;
    this.hasLongItems = random.nextBoolean();
    this.lateness = drawLateness();
    this.lifecycles = List.of(lifecycle("item"), lifecycle("trip"));
    this.stages = lifecycles.stream().map(this::stages).toList();
  }

  private RandomFeatures(RandomFeatures other, Random random) {
    this.random = random;
    this.inputs = new RandomInputs(random, other.hasMeta);
    this.scaleSeconds = other.scaleSeconds;
    this.hasMeta = other.hasMeta;
    this.hasLongItems = other.hasLongItems;
    this.lateness = other.lateness;
    this.lifecycles = other.lifecycles;
    this.stages = other.stages;
  }

  /** Returns the same lifecycles and lengths, to draw other features. */
  RandomFeatures with(Random another) {
    return new RandomFeatures(this, another);
  }

  RandomInputs inputs() {
    return inputs;
  }

  boolean hasMeta() {
    return hasMeta;
  }

  boolean hasLongItems() {
    return hasLongItems;
  }

  long scaleSeconds() {
    return scaleSeconds;
  }

  private PlainLifecycle lifecycle(String name) {
    Duration skew = Duration.ofMinutes(60 + 30L * random.nextInt(3));
    return new PlainLifecycle(name, inputs.path(name + "Id"), skew);
  }

  /** Each type enters at most one stage; a stage of several types needs items of a short life. */
  private List<PlainStage> stages(PlainLifecycle lifecycle) {
    List<List<String>> entered = new ArrayList<>();
    for (String type : inputs.someOf(RandomInputs.TYPES, 2)) {
      if (!hasLongItems && entered.size() > 1 && random.nextInt(3) == 0) {
        entered.get(random.nextInt(entered.size())).add(type);
      } else {
        entered.add(new ArrayList<>(List.of(type)));
      }
    }
    return entered.stream()
        .map(types -> new PlainStage(lifecycle, "in_" + types.get(0).charAt(5), types))
        .toList();
  }

  /** Draws features of any mix of kinds. */
  List<PlainFeature> draw(PlainInput value) {
    return draw(value, 1 + random.nextInt(15));
  }

  /**
   * Draws features with different names.
   *
   * @param kinds their kinds, one bit each
   */
  List<PlainFeature> draw(PlainInput value, int kinds) {
    List<PlainFeature> drawn = new ArrayList<>();
    if ((kinds & 1) != 0) {
      addLast(value, drawn);
    }
    if ((kinds & 2) != 0) {
      addOverTime(value, drawn);
    }
    if ((kinds & 4) != 0) {
      addItems(drawn);
    }
    if ((kinds & HISTORY) != 0) {
      addHistory(value, drawn);
    }
    if (drawn.isEmpty()) {
      drawn.add(new Entered(stages.get(0).get(0), overTime()));
    }
    Collections.shuffle(drawn, random);
    Set<String> names = new HashSet<>();
    drawn.removeIf(each -> !names.add(each.column()));
    for (int i = random.nextInt(3); i > 0; i--) {
      addComputed(drawn);
    }
    return drawn;
  }

  private void addLast(PlainInput value, List<PlainFeature> drawn) {
    for (int windows = 1 + random.nextInt(3); windows > 0; windows--) {
      PlainTime within = random.nextInt(3) == 0 ? time() : null;
      int last = 1 + random.nextInt(random.nextBoolean() ? 8 : 60);
      addOver(PlainWindow.last(last, within), value, drawn);
    }
  }

  private void addOverTime(PlainInput value, List<PlainFeature> drawn) {
    for (int windows = 1 + random.nextInt(4); windows > 0; windows--) {
      addOver(overTime(), value, drawn);
    }
  }

  private PlainWindow overTime() {
    return PlainWindow.over(time(), random.nextInt(4) == 0 ? time() : null);
  }

  private void addHistory(PlainInput value, List<PlainFeature> drawn) {
    for (int windows = 1 + random.nextInt(4); windows > 0; windows--) {
      PlainWindow window = overTime();
      addOver(
          random.nextInt(3) == 0
              ? PlainWindow.lifetime(window.delay())
              : window.every(hopSeconds(window.length().millis() / 1_000)),
          value,
          drawn);
    }
    if (drawn.stream().noneMatch(each -> isHistory(each))) {
      drawn.add(feature(What.COUNT, PlainWindow.lifetime(null), null, value, null));
    }
  }

  private static boolean isHistory(PlainFeature feature) {
    return feature instanceof OfEvents events && events.window().isHistory();
  }

  /**
   * Most windows begin and end at multiples of their hop; hops of a group may share no multiple.
   */
  private long hopSeconds(long length) {
    long[] hops = {length, scaleSeconds, scaleSeconds / 2, scaleSeconds / 3, scaleSeconds / 24, 7};
    return Math.max(1, Math.min(length, hops[random.nextInt(hops.length)]));
  }

  Duration lateness() {
    return lateness;
  }

  private Duration drawLateness() {
    return Duration.ofSeconds(
        switch (random.nextInt(4)) {
          case 0 -> 1;
          case 1 -> Math.max(1, scaleSeconds / 4);
          case 2 -> scaleSeconds * (1 + random.nextInt(3));
          default -> Duration.ofDays(40).toSeconds();
        });
  }

  private PlainTime time() {
    long off = scaleSeconds > 1 && random.nextInt(5) == 0 ? 1 : 0;
    return PlainTime.of((1L + random.nextInt(5)) * scaleSeconds - off, random.nextInt(4));
  }

  private void addOver(PlainWindow window, PlainInput value, List<PlainFeature> drawn) {
    PlainFilter filter = random.nextInt(3) == 0 ? inputs.filter(2) : null;
    PlainInput input = random.nextInt(3) == 0 ? anyInput() : null;
    for (int features = 1 + random.nextInt(5); features > 0; features--) {
      What what = inputs.oneOf(Arrays.asList(What.values()));
      if (what.isOffered(window)) {
        drawn.add(feature(what, window, input, value, filter));
      }
    }
  }

  private PlainInput anyInput() {
    return random.nextInt(3) == 0 ? inputs.text() : inputs.number(false);
  }

  private OfEvents feature(
      What what, PlainWindow window, PlainInput input, PlainInput value, PlainFilter filter) {
    PlainInput used = input == null ? value : input;
    PlainInput own = input;
    if (!fits(what, used)) {
      own = what == What.TOP ? inputs.text() : inputs.number(false);
    }
    boolean mustHaveStem = what == What.FIRST_AT || what == What.LATEST_AT;
    String stem = mustHaveStem || random.nextBoolean() ? "x" + random.nextInt(1_000) : null;
    PlainInput taken = own == null ? value : own;
    boolean isText =
        what == What.TOP
            || (what == What.FIRST || what == What.LATEST) && taken != null && taken.isText();
    return new OfEvents(what, number(what), stem, window, own, filter, isText);
  }

  /** Returns whether a feature can use a group's value. */
  boolean fits(OfEvents feature, PlainInput value) {
    boolean isText = value != null && value.isText();
    return feature.input() != null
        || fits(feature.what(), value)
            && (feature.what() == What.TOP
                || !(feature.what() == What.FIRST || feature.what() == What.LATEST)
                || feature.isText() == isText);
  }

  private static boolean fits(What what, PlainInput input) {
    if (what.takesEvents()) {
      return true;
    }
    return input != null
        && (what == What.TOP ? input.isText() : !input.isText() || what.takesTexts());
  }

  private double number(What what) {
    return switch (what) {
      case PERCENTILE -> inputs.oneOf(List.of(0, 10, 37, 50, 90, 100));
      case TOP, ROLLING_MEAN -> 1 + random.nextInt(5);
      case EWMA -> inputs.oneOf(List.of(0.2, 0.05, 0.5, 0.9));
      case DECAYED_MEAN -> inputs.oneOf(List.of(500, 60_000, 86_400_000));
      default -> 0;
    };
  }

  private void addItems(List<PlainFeature> drawn) {
    for (List<PlainStage> each : random.nextInt(3) == 0 ? stages : stages.subList(0, 1)) {
      for (int i = random.nextInt(4); i > 0; i--) {
        drawn.add(new Entered(inputs.oneOf(each), overTime()));
      }
      for (int i = random.nextInt(4); i > 0; i--) {
        addOpen(each, drawn);
      }
    }
  }

  private void addOpen(List<PlainStage> all, List<PlainFeature> drawn) {
    PlainStage since = inputs.oneOf(all);
    List<PlainStage> ends = all.stream().filter(stage -> mayEnd(stage, since)).toList();
    if (ends.isEmpty()) {
      return;
    }
    long lookBack = (1L + random.nextInt(5)) * scaleSeconds;
    PlainStatus status = new PlainStatus(since, inputs.someOf(ends, 1), lookBack);
    for (Open.How how : inputs.someOf(List.of(Open.How.values()), 1)) {
      PlainInput number = how == Open.How.SUM ? inputs.number(true) : null;
      drawn.add(new Open("open_" + random.nextInt(1_000), how, status, number));
    }
  }

  private boolean mayEnd(PlainStage stage, PlainStage since) {
    int behind = stage.types().get(0).compareTo(since.types().get(0));
    return hasLongItems ? behind > 0 : behind != 0;
  }

  private void addComputed(List<PlainFeature> drawn) {
    List<String> numbers =
        drawn.stream().filter(each -> !each.isText()).map(PlainFeature::name).toList();
    if (!numbers.isEmpty()) {
      String how = inputs.oneOf(List.of("ratio", "difference", "derived"));
      drawn.add(
          new Computed(
              "y" + random.nextInt(1_000_000),
              how,
              List.of(inputs.oneOf(numbers), inputs.oneOf(numbers))));
    }
  }
}
