package dev.freshet.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.oracle.About.Sample;
import dev.freshet.oracle.EventUse.Seen;
import dev.freshet.oracle.PlainFeature.Computed;
import dev.freshet.oracle.PlainFeature.Entered;
import dev.freshet.oracle.PlainFeature.OfEvents;
import dev.freshet.oracle.PlainFeature.Open;
import dev.freshet.oracle.PlainFeature.PlainLifecycle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Interprets a declaration, slow and obvious: keeps every event, and computes each feature straight
 * from its definition over all of them. It shares no code with the engine.
 *
 * <p>Only last events of any age and windows of history have to know when an event arrived: what is
 * late for another time window or a lifecycle can change none of its features, as no event of the
 * histories is dated more than an hour before a stage that it ends.
 */
public final class DeclarationOracle {

  private static final Comparator<OracleEvent> OLDEST_FIRST =
      Comparator.comparingLong(OracleEvent::occurredAt)
          .thenComparing(event -> event.eventId().getBytes(UTF_8), Arrays::compareUnsigned);

  private final PlainGroup group;
  private final EventUse use;
  private final Map<String, Map<String, Seen>> byEntity = new TreeMap<>();

  DeclarationOracle(PlainGroup group, long timeToLiveMillis) {
    this.group = group;
    this.use = new EventUse(group, timeToLiveMillis);
  }

  /** Returns an oracle of another declaration that saw the same events. */
  DeclarationOracle of(PlainGroup another) {
    DeclarationOracle oracle = new DeclarationOracle(another, use.timeToLiveMillis());
    byEntity
        .values()
        .forEach(all -> all.values().forEach(each -> oracle.saw(each.event(), each.atMillis())));
    return oracle;
  }

  /** Returns the entity of an event; null if it has none. */
  public String entity(OracleEvent event) {
    return group.entity(event);
  }

  /** The event was handed to the engine, and is stored if it was of use. */
  public void saw(OracleEvent event, long atMillis) {
    String entity = group.entity(event);
    if (entity != null) {
      byEntity
          .computeIfAbsent(entity, unseen -> new LinkedHashMap<>())
          .merge(
              event.eventId(),
              new Seen(event, atMillis),
              (a, b) -> a.atMillis() <= b.atMillis() ? a : b);
    }
  }

  /** The entities that an event was used for. */
  public Set<String> entities() {
    Set<String> used = new TreeSet<>(byEntity.keySet());
    used.removeIf(entity -> used(entity).findAny().isEmpty());
    return used;
  }

  /**
   * Compares the features of an entity at an instant with their definitions.
   *
   * @param found numbers as Double, texts as String; absent features have no entry
   * @return the first difference; null if there is none
   */
  public String difference(Map<String, Object> found, String entity, long at) {
    Map<String, Object> expected = values(entity, at);
    for (PlainFeature each : group.features()) {
      Object value =
          each instanceof Computed computed ? of(computed, found) : expected.get(each.name());
      Object its = found.get(each.name());
      boolean isRight =
          value instanceof About about
              ? its instanceof Double number && about.fits(number)
              : java.util.Objects.equals(its, value);
      if (!isRight) {
        return "%s is %s, not %s: %s".formatted(each.name(), its, value, each);
      }
    }
    return found.keySet().stream()
        .filter(name -> group.features().stream().noneMatch(each -> each.name().equals(name)))
        .map(name -> name + " is not declared")
        .findFirst()
        .orElse(null);
  }

  private static Object of(Computed computed, Map<String, Object> found) {
    double[] of = new double[computed.of().size()];
    for (int i = 0; i < of.length; i++) {
      if (!(found.get(computed.of().get(i)) instanceof Double number)) {
        return null;
      }
      of[i] = number;
    }
    double value = computed.value(of);
    return Double.isFinite(value) ? (Object) (value == 0 ? 0.0 : value) : null;
  }

  /**
   * Returns whether an instant is the next one after another at which a feature changes. A feature
   * that is computed with rounding may change, or not, when it is computed from other events.
   */
  public boolean isValidUntil(OptionalLong found, String entity, long at) {
    Map<String, Object> now = values(entity, at);
    for (long instant : instants(entity, at)) {
      Map<String, Object> then = values(entity, instant);
      boolean isSame = then.equals(now);
      if (found.isPresent()
          && found.getAsLong() == instant
          && (!isSame || isOfHop(entity, instant))) {
        return true;
      }
      if (!isSame && isCertainlyDifferent(now, then)) {
        return false;
      }
    }
    return found.isEmpty();
  }

  /** Returns whether an event enters or leaves a window of history, which need not change it. */
  private boolean isOfHop(String entity, long instant) {
    return sorted(entity, use::isOfHistory).stream()
        .anyMatch(
            event ->
                group
                    .overEvents(true)
                    .flatMapToLong(each -> changes(each, event.occurredAt()))
                    .anyMatch(each -> each == instant));
  }

  private static boolean isCertainlyDifferent(Map<String, Object> now, Map<String, Object> then) {
    return !now.keySet().equals(then.keySet())
        || now.entrySet().stream()
            .anyMatch(
                each ->
                    each.getValue() instanceof About about
                        ? !about.fits(((About) then.get(each.getKey())).value())
                        : !each.getValue().equals(then.get(each.getKey())));
  }

  private long[] instants(String entity, long at) {
    return seen(entity).stream()
        .map(each -> each.event().occurredAt())
        .flatMapToLong(time -> group.features().stream().flatMapToLong(each -> changes(each, time)))
        .filter(instant -> instant > at)
        .distinct()
        .sorted()
        .toArray();
  }

  /** The instants at which an event may change a feature. */
  private static LongStream changes(PlainFeature feature, long occurredAt) {
    if (feature instanceof Open open) {
      return LongStream.of(occurredAt, occurredAt + open.status().lookBackSeconds() * 1_000);
    }
    PlainWindow window =
        feature instanceof OfEvents events
            ? events.window()
            : feature instanceof Entered entered ? entered.window() : null;
    return window == null || window.isOfAnyAge()
        ? LongStream.empty()
        : LongStream.of(occurredAt + window.delayMillis(), window.leavesAt(occurredAt));
  }

  /**
   * Returns whether an instant may be the newest {@code occurredAt} used: not before one that
   * counts now, and of an event that was used. It may be ahead if last events count it, or if a
   * kind of windows holds nothing that has happened.
   */
  public boolean isNewest(long eventTime, String entity, long at) {
    List<Stream<Seen>> kinds = new ArrayList<>();
    kinds.add(
        used(entity)
            .filter(each -> use.isOfWindows(each) && isHeld(each, group.windowsHoldMillis(), at)));
    if (group.lateness() != null) {
      kinds.add(used(entity).filter(each -> use.isOfHistory(each) && isOfHistory(each, at)));
    }
    for (PlainLifecycle each : group.lifecycles()) {
      kinds.add(
          used(entity)
              .filter(seen -> use.isOf(each, seen) && isHeld(seen, group.holdMillis(each), at)));
    }
    List<Long> newest = kinds.stream().map(DeclarationOracle::newest).toList();
    long counted = Collections.max(newest);
    boolean mayBeAhead =
        newest.contains(Long.MIN_VALUE) || used(entity).anyMatch(use::isOfLastOfAnyAge);
    return eventTime >= counted
        && used(entity).anyMatch(each -> each.event().occurredAt() == eventTime)
        && (eventTime <= at || mayBeAhead);
  }

  private boolean isHeld(Seen seen, long holdMillis, long at) {
    return seen.event().occurredAt() <= at
        && (use.isOfLastOfAnyAge(seen) || seen.event().occurredAt() > at - holdMillis);
  }

  private boolean isOfHistory(Seen seen, long at) {
    long occurredAt = seen.event().occurredAt();
    return occurredAt <= at
        && group.overEvents(true).anyMatch(each -> each.window().isHeld(occurredAt, at));
  }

  private static long newest(Stream<Seen> seen) {
    return seen.mapToLong(each -> each.event().occurredAt()).max().orElse(Long.MIN_VALUE);
  }

  private Collection<Seen> seen(String entity) {
    return byEntity.getOrDefault(entity, Map.of()).values();
  }

  private Stream<Seen> used(String entity) {
    return seen(entity).stream().filter(use::isUsed);
  }

  /** The features that are no function of others. */
  private Map<String, Object> values(String entity, long at) {
    List<OracleEvent> ofWindows = sorted(entity, use::isOfWindows);
    List<OracleEvent> ofHistory = sorted(entity, use::isOfHistory);
    List<OracleEvent> all = seen(entity).stream().map(Seen::event).toList();
    Map<String, Object> values = new LinkedHashMap<>();
    for (PlainFeature each : group.features()) {
      Object value = null;
      if (each instanceof OfEvents feature) {
        List<OracleEvent> events = feature.window().isHistory() ? ofHistory : ofWindows;
        value = OracleAggregation.of(feature, samples(feature, events, at));
      } else if (each instanceof Entered entered) {
        value = items(entered.stage().lifecycle(), all).entered(entered, at);
      } else if (each instanceof Open open) {
        value = items(open.status().since().lifecycle(), all).open(open, at);
      }
      if (value != null) {
        values.put(each.name(), value);
      }
    }
    return values;
  }

  private List<OracleEvent> sorted(String entity, Predicate<Seen> used) {
    return seen(entity).stream().filter(used).map(Seen::event).sorted(OLDEST_FIRST).toList();
  }

  private static DeclaredItems items(PlainLifecycle lifecycle, List<OracleEvent> all) {
    return new DeclaredItems(lifecycle, all);
  }

  private List<Sample> samples(OfEvents feature, List<OracleEvent> events, long at) {
    PlainWindow window = feature.window();
    PlainInput input = group.inputOf(feature);
    List<Sample> seen =
        events.stream()
            .filter(event -> window.covers(event.occurredAt(), at) && use.sees(feature, event))
            .map(event -> new Sample(event, input == null ? null : input.of(event)))
            .toList();
    return window.isOverTime()
        ? seen
        : seen.subList(Math.max(0, seen.size() - window.last()), seen.size());
  }
}
