package dev.freshet.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.oracle.PlainGroup.PlainFeature;
import dev.freshet.oracle.PlainGroup.Unit;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Interprets a declaration, slow and obvious: keeps every event, and computes each feature straight
 * from its definition over all of them. It shares no code with the engine.
 *
 * <p>Only the last-N window has to know when an event arrived: what is late for a time window can
 * change none of its features, and no event of the histories is dated more than an hour before a
 * stage that it ends.
 */
public final class DeclarationOracle {

  private static final Comparator<OracleEvent> OLDEST_FIRST =
      Comparator.comparingLong(OracleEvent::occurredAt)
          .thenComparing(event -> event.eventId().getBytes(UTF_8), Arrays::compareUnsigned);

  private final PlainGroup group;
  private final long timeToLiveMillis;
  private final Map<String, Map<String, Seen>> byEntity = new TreeMap<>();

  /** An event and when it arrived the first time. */
  private record Seen(OracleEvent event, long atMillis) {
    boolean isLate(long holdMillis) {
      return event.occurredAt() <= atMillis - holdMillis;
    }
  }

  DeclarationOracle(PlainGroup group, long timeToLiveMillis) {
    this.group = group;
    this.timeToLiveMillis = timeToLiveMillis;
  }

  /** The event was handed to the engine, and is stored if it was of use. */
  public void saw(OracleEvent event, long atMillis) {
    if (event.has(group.member())) {
      byEntity
          .computeIfAbsent(event.text(group.member()), unseen -> new LinkedHashMap<>())
          .merge(
              event.eventId() + "@" + event.occurredAt(),
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

  /** The features of an entity at an instant; absent ones have no entry. */
  public Map<String, Double> features(String entity, long at) {
    Map<String, Double> features = moving(entity, at);
    String[] statistics =
        group.features().stream()
            .filter(each -> each instanceof PlainFeature.Last)
            .map(PlainFeature::name)
            .toArray(String[]::new);
    features.putAll(OracleStatistics.of(lastValues(entity), statistics));
    return features;
  }

  /** The next instant after the given one at which a feature changes. */
  public OptionalLong validUntil(String entity, long at) {
    Map<String, Double> now = moving(entity, at);
    return seen(entity).stream()
        .map(each -> each.event().occurredAt())
        .flatMap(time -> offsets().mapToObj(offset -> time + offset))
        .filter(instant -> instant > at)
        .distinct()
        .sorted()
        .filter(instant -> !moving(entity, instant).equals(now))
        .mapToLong(Long::longValue)
        .findFirst();
  }

  /**
   * Whether an instant may be the newest {@code occurredAt} used: of the last events of all, of
   * time windows of those that have happened if any has. State of which nothing counts any more may
   * be gone, and its newest with it: then it may be any that was used.
   */
  public boolean isNewest(long eventTime, String entity, long at) {
    long last = max(seen(entity).stream().filter(this::isLast));
    long windows = newestHeld(windows(entity), at - group.windowsHoldMillis(), at);
    long items = newestHeld(items(entity), at - group.itemsHoldMillis(), at);
    long held = Math.max(last, Math.max(windows, items));
    boolean mayBeOver =
        (group.hasWindows() && windows == Long.MIN_VALUE)
            || (!group.followed().isEmpty() && items == Long.MIN_VALUE);
    return eventTime == held
        || (mayBeOver
            && eventTime > held
            && used(entity).anyMatch(each -> each.event().occurredAt() == eventTime));
  }

  private static long newestHeld(Stream<Seen> used, long after, long until) {
    return max(
        used.filter(
            each -> after < each.event().occurredAt() && each.event().occurredAt() <= until));
  }

  private static long max(Stream<Seen> seen) {
    return seen.mapToLong(each -> each.event().occurredAt()).max().orElse(Long.MIN_VALUE);
  }

  private Collection<Seen> seen(String entity) {
    return byEntity.getOrDefault(entity, Map.of()).values();
  }

  private Stream<Seen> used(String entity) {
    return Stream.of(seen(entity).stream().filter(this::isLast), windows(entity), items(entity))
        .flatMap(each -> each);
  }

  private boolean isLast(Seen seen) {
    return group.hasLast()
        && group.read().contains(seen.event().type())
        && value(seen.event()) != null
        && !seen.isLate(timeToLiveMillis + 1);
  }

  private Stream<Seen> windows(String entity) {
    return seen(entity).stream()
        .filter(each -> group.hasWindows() && isItem(each.event()))
        .filter(each -> !each.isLate(group.windowsHoldMillis()));
  }

  private Stream<Seen> items(String entity) {
    return seen(entity).stream()
        .filter(each -> group.followed().contains(each.event().type()))
        .filter(each -> !each.isLate(group.itemsHoldMillis()));
  }

  private boolean isItem(OracleEvent event) {
    return group.read().contains(event.type())
        && (group.unit() != Unit.SECONDS || value(event) != null);
  }

  private LongStream offsets() {
    return LongStream.concat(
        LongStream.of(0), group.features().stream().mapToLong(PlainFeature::millis));
  }

  /** The features that time changes. */
  private Map<String, Double> moving(String entity, long at) {
    List<OracleEvent> all = seen(entity).stream().map(Seen::event).toList();
    Collection<OracleEvent> items = newestOfEachId(all.stream().filter(this::isItem));
    OracleItems followed = new OracleItems("itemId", all);
    Map<String, Double> features = new LinkedHashMap<>();
    for (PlainFeature each : group.features()) {
      if (each instanceof PlainFeature.Entered entered) {
        features.put(each.name(), followed.entered(entered.stage(), each.millis(), at));
      } else if (each instanceof PlainFeature.Open open) {
        String[] until = open.until().toArray(String[]::new);
        features.put(each.name(), followed.open(open.since(), each.millis(), at, until));
      } else if (each instanceof PlainFeature.Window window) {
        Double value = window(window.what(), in(items, at - each.millis(), at));
        features.compute(each.name(), (name, none) -> value);
      }
    }
    return features;
  }

  private static List<OracleEvent> in(Collection<OracleEvent> items, long after, long until) {
    return items.stream()
        .filter(each -> after < each.occurredAt() && each.occurredAt() <= until)
        .toList();
  }

  /** Null where there is no value. */
  private Double window(String what, List<OracleEvent> items) {
    List<BigDecimal> values =
        items.stream().map(this::value).filter(value -> value != null).toList();
    BigDecimal sum = values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    return switch (what) {
      case "events" -> (double) items.size();
      case "sum" -> sum.doubleValue();
      default ->
          values.isEmpty()
              ? null
              : (Double)
                  sum.divide(BigDecimal.valueOf(values.size()), new MathContext(60)).doubleValue();
    };
  }

  /** Oldest first. */
  private double[] lastValues(String entity) {
    Stream<OracleEvent> taken = seen(entity).stream().filter(this::isLast).map(Seen::event);
    List<OracleEvent> ordered = newestOfEachId(taken).stream().sorted(OLDEST_FIRST).toList();
    return ordered.stream()
        .skip(Math.max(0, ordered.size() - group.lastSize()))
        .mapToDouble(event -> value(event).doubleValue())
        .toArray();
  }

  /** Of an id that comes with several times the newest counts. */
  private static Collection<OracleEvent> newestOfEachId(Stream<OracleEvent> events) {
    Map<String, OracleEvent> newest = new LinkedHashMap<>();
    events.forEach(
        event ->
            newest.merge(
                event.eventId(), event, (a, b) -> a.occurredAt() >= b.occurredAt() ? a : b));
    return newest.values();
  }

  /** Null if the event carries none. */
  private BigDecimal value(OracleEvent event) {
    if (group.unit() == Unit.AMOUNT) {
      return event.has("amount") ? event.json().get("amount").decimalValue() : null;
    }
    OptionalLong from = event.time("fromAt");
    OptionalLong to = event.time("toAt");
    return group.unit() == Unit.SECONDS && from.isPresent() && to.isPresent()
        ? BigDecimal.valueOf(to.getAsLong() - from.getAsLong(), 3)
        : null;
  }
}
