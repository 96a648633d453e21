package dev.freshet.quality.audit;

import static dev.freshet.testing.EventJson.event;
import static dev.freshet.testing.EventJson.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.testing.EventJson;
import dev.freshet.testing.TestGroups;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Tests the comparison of one group of one entity, and the cause of each difference. */
class GroupAuditTest {

  private static final Duration TTL = Duration.ofDays(90);
  private static final Horizon ALL =
      new Horizon(Horizon.EVERYTHING, Horizon.EVERYTHING, Long.MAX_VALUE, false);
  private static final String AREA = "a";

  private final FeatureGroup group = TestGroups.mixed();
  private final OnlineGroup online = new OnlineGroup(group);
  private int created;

  @Test
  void whatTheFunctionComputesIsEqual() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 60; i++) {
      EventJson next = created(online.millis() - random.nextInt(400_000));
      online.put(next);
      if (random.nextInt(4) == 0) {
        online.put(next);
      }
      online.advance(Duration.ofSeconds(random.nextInt(30)));
      assertThat(causes()).as("seed %d, event %d", seed, i).containsOnlyKeys(Cause.EQUAL);
    }
    assertThat(causes()).containsEntry(Cause.EQUAL, 5L);
  }

  @Test
  void aValueThatIsChangedInTheStoreIsUnexplained() {
    putThree();

    for (String feature : List.of("count", "mean", "created_5m", "amount_sum_5m", "@valid_until")) {
      Map<String, String> fields = online.fields(AREA);
      String before = fields.put(group.name() + ":" + feature, "1799999999999");
      assertThat(before).as(feature).isNotNull();
      assertThat(unexplained(fields)).as(feature).containsExactly(feature);
    }
  }

  @Test
  void aValueThatIsGoneOrShouldNotBeThereIsUnexplained() {
    putThree();
    Map<String, String> gone = online.fields(AREA);
    gone.remove(group.name() + ":mean");
    assertThat(unexplained(gone)).containsExactly("mean");

    FeatureGroup windows = TestGroups.demand();
    OnlineGroup other = new OnlineGroup(windows);
    other.put(event("ITEM_CREATED", "bare", other.millis()).with("areaCode", quoted(AREA)));
    Map<String, String> excess = other.fields(AREA);
    assertThat(excess.put(windows.name() + ":amount_mean_60m", "3")).isNull();
    assertThat(names(audit(windows, ALL, excess, other.retained(), other.millis())))
        .containsExactly("amount_mean_60m");
  }

  @Test
  void anEventThatTheFunctionLostIsInFlightForAMinuteAndThenUnexplained() {
    putThree();
    EventJson lost = created(online.millis());
    online.arrive(lost, "stream/shardId-0");

    online.advance(Duration.ofSeconds(59));
    assertThat(causes()).containsKey(Cause.IN_FLIGHT).doesNotContainKey(Cause.UNEXPLAINED);

    online.advance(Duration.ofSeconds(2));
    assertThat(causes()).containsKey(Cause.UNEXPLAINED);
  }

  @Test
  void anEventThatWasLostLongAgoIsUnexplainedWhateverIsInFlight() {
    putThree();
    online.arrive(created(online.millis()), "stream/shardId-0");
    online.advance(Duration.ofSeconds(70));
    online.put(created(online.millis()));
    online.arrive(created(online.millis()), "stream/shardId-1");

    assertThat(unexplained(online.fields(AREA))).contains("mean", "amount_sum_5m");
  }

  @Test
  void anEventThatCountsTwiceIsUnexplained() {
    putThree();
    Map<String, String> fields = online.fields(AREA);
    EventJson more = created(online.millis());
    online.process(more);

    assertThat(unexplained(fields)).isEmpty();
    assertThat(unexplained(online.fields(AREA))).contains("count", "created_5m");
  }

  @Test
  void theValuesOfAnotherEntityAreUnexplained() {
    putThree();
    EventJson other = created(online.millis()).with("areaCode", quoted("b"));
    online.process(other);

    assertThat(unexplained(online.fields("b"))).contains("mean", "amount_sum_5m");
  }

  @Test
  void shardsMayBeReadUnevenly() {
    putThree();
    EventJson first = created(online.millis());
    online.arrive(first, "stream/shardId-0");
    online.advance(Duration.ofMillis(100));
    EventJson second = created(online.millis());
    online.arrive(second, "stream/shardId-1");
    online.process(second);

    assertThat(causes()).containsKey(Cause.IN_FLIGHT).doesNotContainKey(Cause.UNEXPLAINED);
  }

  @Test
  void ofOneShardAnEventIsNeverSkipped() {
    putThree();
    online.arrive(created(online.millis()), "stream/shardId-1");
    online.advance(Duration.ofMillis(100));
    EventJson second = created(online.millis());
    online.arrive(second, "stream/shardId-1");
    online.process(second);

    assertThat(causes()).containsKey(Cause.UNEXPLAINED);
  }

  @Test
  void aChangeThatWasDueIsLagForTwoMinutesAndThenUnexplained() {
    putThree();
    Map<String, String> fields = online.fields(AREA);

    online.advance(Duration.ofMinutes(5).plusSeconds(110));
    assertThat(count(fields)).containsKey(Cause.LAG).doesNotContainKey(Cause.UNEXPLAINED);

    online.advance(Duration.ofSeconds(20));
    assertThat(unexplained(fields)).containsExactly("created_5m", "amount_sum_5m");
    assertThat(causes()).containsOnlyKeys(Cause.EQUAL);
  }

  @Test
  void lateEventsExplainWhatAReplayWouldCount() {
    FeatureGroup history = TestHistories.counts();
    OnlineGroup entity = new OnlineGroup(history);
    entity.put(created(entity.millis()));
    entity.advance(Duration.ofHours(1));
    entity.put(created(entity.millis() - Duration.ofMinutes(30).toMillis()));
    entity.put(created(entity.millis()));

    assertThat(count(audit(history, ALL, entity.fields(AREA), entity.retained(), entity.millis())))
        .isEqualTo(Map.of(Cause.LATE, 1L, Cause.EQUAL, 2L));
  }

  @Test
  void whatMayReachBackBeforeTheEventsIsCountedApart() {
    putThree();
    long from = online.millis() - 60_000;
    Horizon late = new Horizon(from, from, Long.MAX_VALUE, false);
    assertThat(count(audit(group, late, online.fields(AREA), online.retained(), online.millis())))
        .isEqualTo(Map.of(Cause.BEYOND_RETENTION, 4L));

    for (int i = 0; i < 20; i++) {
      online.put(created(online.millis()));
    }
    assertThat(count(audit(group, late, online.fields(AREA), online.retained(), online.millis())))
        .as("twenty events are all that the last twenty need")
        .isEqualTo(Map.of(Cause.BEYOND_RETENTION, 2L, Cause.EQUAL, 2L));

    online.advance(Duration.ofMinutes(5));
    assertThat(count(audit(group, late, online.fields(AREA), online.retained(), online.millis())))
        .containsEntry(Cause.EQUAL, 5L);
  }

  @Test
  void anEventLostAfterTheValueIsMissedByWhatIsServedNow() {
    online.advance(Duration.ofMinutes(10));
    online.put(created(online.millis()));
    long from = online.millis() - Duration.ofMinutes(6).toMillis();
    Horizon late = new Horizon(from, from, Long.MAX_VALUE, false);
    online.advance(Duration.ofSeconds(1));
    online.arrive(created(online.millis()), "stream/shardId-0");
    online.advance(Duration.ofSeconds(70));

    assertThat(names(audit(group, late, online.fields(AREA), online.retained(), online.millis())))
        .containsExactly("created_5m", "amount_sum_5m");
  }

  @Test
  void whatIsNewerThanTheFilesIsCountedApart() {
    putThree();
    Horizon files =
        new Horizon(Horizon.EVERYTHING, Horizon.EVERYTHING, online.millis() - 2_000, true);

    assertThat(count(audit(group, files, online.fields(AREA), List.of(), online.millis())))
        .isEqualTo(Map.of(Cause.BEYOND_RETENTION, 4L));
  }

  @Test
  void aMarkExcusesADifferenceUnlessAllEventsAreKnown() {
    putThree();
    Map<String, String> fields = online.fields(AREA);
    fields.put(group.name() + ":count", "7");
    fields.put(
        group.name() + ":@complete_since",
        Long.toString(online.millis() + Duration.ofDays(90).toMillis()));

    assertThat(count(fields)).isEqualTo(Map.of(Cause.BEYOND_RETENTION, 1L, Cause.EQUAL, 4L));
    Horizon known = new Horizon(Horizon.EVERYTHING, Horizon.EVERYTHING, Long.MAX_VALUE, true);
    assertThat(names(audit(group, known, fields, online.retained(), online.millis())))
        .containsExactly("count");
  }

  @Test
  void aGroupThatIsMissingIsUnexplainedOnceItsEventsAreOld() {
    putThree();
    assertThat(audit(group, ALL, Map.of(), online.retained(), online.millis())).isEmpty();

    online.advance(Duration.ofSeconds(70));
    assertThat(names(audit(group, ALL, Map.of(), online.retained(), online.millis())))
        .containsExactly("count", "mean", "created_5m", "amount_sum_5m");
    assertThat(audit(group, ALL, Map.of(), List.of(), online.millis())).isEmpty();
  }

  @Test
  void manyEventsAtOnceDoNotHideAWrongValue() {
    Random random = new Random(5);
    for (int i = 0; i < 300; i++) {
      EventJson next = created(online.millis());
      online.arrive(next, random.nextInt(2) == 0 ? "x/s0" : "y/s" + random.nextInt(6));
      online.advance(Duration.ofMillis(20));
      if (i < 250) {
        online.process(next);
      }
    }
    assertThat(causes()).containsKey(Cause.IN_FLIGHT).doesNotContainKey(Cause.UNEXPLAINED);

    Map<String, String> fields = online.fields(AREA);
    fields.put(group.name() + ":created_5m", "17");
    assertThat(unexplained(fields)).containsExactly("created_5m");
  }

  private void putThree() {
    for (int i = 0; i < 3; i++) {
      online.put(created(online.millis()));
      online.advance(Duration.ofSeconds(1));
    }
  }

  private EventJson created(long atMillis) {
    return event("ITEM_CREATED", "e" + ++created, atMillis)
        .with("areaCode", quoted(AREA))
        .with("totalAmount", Integer.toString(created));
  }

  private Map<Cause, Long> causes() {
    return count(online.fields(AREA));
  }

  private Map<Cause, Long> count(Map<String, String> fields) {
    return count(audit(group, ALL, fields, online.retained(), online.millis()));
  }

  private static Map<Cause, Long> count(List<Finding> findings) {
    Map<Cause, Long> causes = new TreeMap<>();
    findings.forEach(each -> causes.merge(each.cause(), 1L, Long::sum));
    return causes;
  }

  private List<String> unexplained(Map<String, String> fields) {
    return names(audit(group, ALL, fields, online.retained(), online.millis()));
  }

  private static List<String> names(List<Finding> findings) {
    List<String> names = new ArrayList<>();
    findings.stream()
        .filter(each -> each.cause() == Cause.UNEXPLAINED)
        .forEach(each -> names.add(each.name()));
    return names;
  }

  private static List<Finding> audit(
      FeatureGroup group,
      Horizon horizon,
      Map<String, String> fields,
      List<ArrivedEvent> events,
      long readMillis) {
    AuditOptions options = AuditOptions.usual(1).groups(Set.of()).until(Instant.MAX);
    return new GroupAudit(group, options, TTL, TTL, horizon)
        .audit(Served.of(group, fields), events, readMillis);
  }
}
