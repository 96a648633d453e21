package dev.freshet.oracle;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.oracle.PlainFeature.Computed;
import dev.freshet.oracle.PlainFeature.OfEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/**
 * A feature group drawn at random: any mix of features over last events, time windows and
 * lifecycles, and of features computed from them. The same for the same seed.
 */
public final class RandomDeclaration {

  /** Longer than any event of a history is late. */
  public static final Duration LONG_TO_LIVE = Duration.ofDays(90);

  private static final int[] SCALES_SECONDS = {1, 60, 600, 3_600, 86_400};

  private final Random random;
  private final PlainGroup plain;
  private final FeatureGroup group;
  private final RandomFeatures features;

  /** How long the state of an entity outlives its last write. */
  private final Duration timeToLive;

  /**
   * @param seedOfAll also the name's ending
   */
  public RandomDeclaration(long seedOfAll) {
    this(seedOfAll, 0, -1);
  }

  private RandomDeclaration(long seedOfAll, int leastKinds, int mostKinds) {
    random = new Random(seedOfAll);
    features =
        new RandomFeatures(
            random, SCALES_SECONDS[random.nextInt(SCALES_SECONDS.length)], random.nextBoolean());
    int kinds = 1 + random.nextInt(15);
    plain = draw("random_" + seedOfAll, (kinds | leastKinds) & mostKinds);
    group = plain.declared();
    timeToLive = random.nextInt(4) > 0 ? LONG_TO_LIVE : Duration.ofHours(1);
  }

  private RandomDeclaration(RandomDeclaration before, Random random) {
    this.random = random;
    features = before.features.with(random);
    plain = changed(before.plain);
    group = plain.declared();
    timeToLive = before.timeToLive;
  }

  /** Returns the same group with some features, inputs, filters or event types changed. */
  public RandomDeclaration changed(long seed) {
    return new RandomDeclaration(this, new Random(seed));
  }

  /**
   * Returns a group that has windows of history.
   *
   * @param isOnly whether it has no others
   */
  public static RandomDeclaration withHistory(long seedOfAll, boolean isOnly) {
    int history = RandomFeatures.HISTORY;
    return new RandomDeclaration(seedOfAll, history, isOnly ? history : -1);
  }

  private PlainGroup draw(String name, int kinds) {
    RandomInputs inputs = features.inputs();
    List<String> read = inputs.drawRead();
    PlainInput value = anyValue();
    PlainFilter filter = random.nextInt(4) == 0 ? inputs.filter(1) : null;
    List<PlainFeature> drawn = features.draw(value, kinds);
    return fit(
        new PlainGroup(
            name,
            features.hasMeta(),
            anyMembers(),
            read,
            value,
            filter,
            features.lateness(),
            drawn));
  }

  private List<String> anyMembers() {
    RandomInputs inputs = features.inputs();
    return switch (random.nextInt(6)) {
      case 0 -> List.of();
      case 1, 2 -> List.of(inputs.path("shopId"), inputs.path("zoneId"));
      default -> List.of(inputs.path("shopId"));
    };
  }

  private PlainInput anyValue() {
    RandomInputs inputs = features.inputs();
    return switch (random.nextInt(6)) {
      case 0 -> inputs.text();
      case 1 -> null;
      default -> inputs.number(false);
    };
  }

  private PlainGroup changed(PlainGroup old) {
    RandomInputs inputs = features.inputs();
    List<String> read =
        old.read().isEmpty() || random.nextInt(6) == 0 ? inputs.drawRead() : old.read();
    inputs.read(read);
    PlainInput value = random.nextInt(8) == 0 ? anyValue() : orNull(old.value(), read);
    PlainFilter filter = random.nextInt(10) == 0 ? inputs.filter(1) : orNull(old.filter(), read);
    List<PlainFeature> drawn = new ArrayList<>(old.features());
    drawn.removeIf(each -> random.nextInt(4) == 0);
    drawn.removeIf(
        each ->
            each instanceof OfEvents events
                && (!features.fits(events, value)
                    || !Objects.equals(orNull(events.filter(), read), events.filter())
                    || !Objects.equals(orNull(events.input(), read), events.input())));
    for (PlainFeature each : features.draw(value)) {
      boolean isNew = drawn.stream().noneMatch(other -> other.column().equals(each.column()));
      if (isNew && (drawn.isEmpty() || random.nextInt(3) == 0)) {
        drawn.add(random.nextInt(drawn.size() + 1), each);
      }
    }
    PlainGroup fitted =
        fit(
            new PlainGroup(
                old.name(),
                old.hasMeta(),
                random.nextInt(12) == 0 ? anyMembers() : old.members(),
                read,
                value,
                filter,
                features.lateness(),
                drawn));
    return fitted.features().isEmpty() ? old : fitted;
  }

  /** Returns an input or a filter unless it names a type that is not read. */
  private static <T> T orNull(T named, List<String> read) {
    boolean isLost =
        RandomInputs.TYPES.stream()
            .anyMatch(type -> !read.contains(type) && String.valueOf(named).contains(type));
    return isLost ? null : named;
  }

  /** Leaves out what no feature uses, as a declaration must not have it. */
  private static PlainGroup fit(PlainGroup drawn) {
    List<PlainFeature> kept = new ArrayList<>();
    for (PlainFeature each : drawn.features()) {
      boolean isReady =
          !(each instanceof Computed computed)
              || computed.of().stream().allMatch(of -> hasNumber(kept, of));
      if (isReady) {
        kept.add(each);
      }
    }
    List<OfEvents> events =
        kept.stream().filter(OfEvents.class::isInstance).map(OfEvents.class::cast).toList();
    boolean usesValue =
        events.stream()
            .anyMatch(
                each ->
                    each.input() == null
                        && (!each.what().takesEvents() || !each.window().isOverTime()));
    return new PlainGroup(
        drawn.name(),
        drawn.hasMeta(),
        drawn.members(),
        events.isEmpty() ? List.of() : drawn.read(),
        usesValue ? drawn.value() : null,
        events.stream().anyMatch(each -> each.filter() == null) ? drawn.filter() : null,
        events.stream().anyMatch(each -> each.window().isHistory()) ? drawn.lateness() : null,
        kept);
  }

  private static boolean hasNumber(List<PlainFeature> features, String name) {
    return features.stream().anyMatch(each -> each.name().equals(name) && !each.isText());
  }

  public FeatureGroup group() {
    return group;
  }

  PlainGroup plain() {
    return plain;
  }

  RandomFeatures features() {
    return features;
  }

  /**
   * An oracle of the group that has seen nothing yet.
   *
   * @param timeToLive how long the state of an entity outlives its last write
   */
  public DeclarationOracle oracle(Duration timeToLive) {
    return new DeclarationOracle(plain, timeToLive.toMillis());
  }

  /** An oracle of the group that has seen the events of another. */
  public DeclarationOracle oracle(DeclarationOracle before) {
    return before.of(plain);
  }

  /** The longest age at which an event counts in a feature; 0 if it may be of any age. */
  public Duration longestAge() {
    return Duration.ofMillis(plain.longestHoldMillis());
  }

  /** How long the state of an entity outlives its last write: long, or no longer than an hour. */
  public Duration timeToLive() {
    return timeToLive;
  }

  /** The time that the lengths of its windows are multiples of. */
  public Duration scale() {
    return Duration.ofSeconds(features.scaleSeconds());
  }

  @Override
  public String toString() {
    return plain.toString();
  }
}
