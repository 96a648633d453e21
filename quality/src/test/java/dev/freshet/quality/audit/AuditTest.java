package dev.freshet.quality.audit;

import static dev.freshet.testing.EventJson.event;
import static dev.freshet.testing.EventJson.quoted;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.featurestore.client.EntityKey;
import dev.freshet.redis.Redis;
import dev.freshet.runtime.Settings;
import dev.freshet.testing.EventJson;
import dev.freshet.testing.TestGroups;
import dev.freshet.testing.redis.TestRedis;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests which entities an audit compares, on a real Redis, and what it says of the rest. */
@Tag("verify")
class AuditTest {

  private static final AuditOptions ALL = AuditOptions.usual(1).entities(OptionalInt.empty());
  private static final List<String> AREAS = List.of("a", "b:c", "d|é");

  private final FeatureGroup group = TestGroups.mixed();
  private final OnlineGroup online = new OnlineGroup(group);
  private final Redis redis = TestRedis.connect();
  private Runnable whileReading = () -> {};
  private int created;

  @BeforeEach
  void clear() {
    String unused = redis.ask(commands -> commands.flushall());
  }

  @AfterEach
  void disconnect() {
    redis.close();
  }

  @Test
  void comparesAllEntitiesAndFindsAWrongValue() {
    AREAS.forEach(this::put);
    AREAS.forEach(area -> serve(area, online.fields(area)));
    AuditReport right = audit(ALL);
    assertThat(right.entities()).isEqualTo(3);
    assertThat(right.compared()).isEqualTo(15);
    assertThat(right.count(Cause.EQUAL)).isEqualTo(15);
    assertThat(right.events()).isEqualTo(3);

    serve("b:c", Map.of(group.name() + ":count", "2"));

    AuditReport wrong = audit(ALL);
    assertThat(wrong.count(Cause.UNEXPLAINED)).isOne();
    Difference found = wrong.differences().get(0);
    assertThat(found.entity()).isEqualTo("b:c");
    assertThat(found.feature()).isEqualTo(group.name() + ":count");
    assertThat(found.served()).isEqualTo("2");
    assertThat(found.computed()).isEqualTo("1");
    assertThat(AuditText.lines(wrong)).anyMatch(line -> line.contains("serves 2, events give 1"));
  }

  @Test
  void theSeedDrawsEntities() {
    for (int i = 0; i < 200; i++) {
      serve("area-" + i, served("1"));
    }
    serve("x", Map.of("other:feature", "1"));

    Set<String> drawn = unexplained(AuditOptions.usual(5).entities(OptionalInt.of(6)));
    assertThat(drawn).hasSize(6);
    assertThat(unexplained(AuditOptions.usual(5).entities(OptionalInt.of(6)))).isEqualTo(drawn);
    assertThat(unexplained(AuditOptions.usual(6).entities(OptionalInt.of(6)))).isNotEqualTo(drawn);
  }

  @Test
  void whatChangesWhileItReadsIsReadAgain() {
    put("a");
    serve("a", online.fields("a"));
    EventJson second = created("a");
    online.arrive(second, "item-created/shardId-0");
    online.advance(Duration.ofMinutes(2));
    assertThat(audit(ALL).count(Cause.UNEXPLAINED)).isPositive();

    whileReading =
        () -> {
          online.process(second);
          serve("a", online.fields("a"));
          whileReading = () -> {};
        };
    AuditReport report = audit(ALL);
    assertThat(report.count(Cause.UNEXPLAINED)).isZero();
    assertThat(report.count(Cause.EQUAL)).isEqualTo(5);
  }

  @Test
  void anEntityThatIsNotServedIsFoundAmongAll() {
    put("a");
    put("b:c");
    serve("a", online.fields("a"));
    online.advance(Duration.ofMinutes(2));
    serve("a", online.fields("a"));

    assertThat(unexplained(ALL)).containsExactly("b:c");
    assertThat(unexplained(ALL.entities(OptionalInt.of(9)))).isEmpty();
  }

  @Test
  void saysWhatItLeftOutForLackOfTimeOrMemory() {
    for (int i = 0; i < 5; i++) {
      put("a");
    }
    put("b:c");
    AREAS.forEach(area -> serve(area, online.fields(area)));

    AuditReport late = audit(ALL.until(online.now().minusSeconds(1)));
    assertThat(late.compared()).isZero();

    AuditReport small =
        audit(
            new AuditOptions(
                OptionalInt.empty(),
                Set.of(),
                1,
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                Optional.empty(),
                false,
                3,
                Instant.MAX));
    assertThat(small.leftOut())
        .containsExactly("1 entities whose events would not fit in memory, such as area a");
    assertThat(small.count(Cause.UNEXPLAINED)).isZero();
    assertThat(small.compared()).isEqualTo(5);
  }

  @Test
  void refusesAFormatWithoutTheInstantOfValues() {
    Map<String, String> feast = Map.of("FEATURE_STORE_FORMAT", "feast", "FEAST_PROJECT", "p");
    assertThatIllegalStateException()
        .isThrownBy(() -> audit(ALL, new Settings(feast::get)))
        .withMessageContaining("Feast's format");
  }

  private void put(String area) {
    online.put(created(area));
  }

  private EventJson created(String area) {
    return event("ITEM_CREATED", "e" + ++created, online.millis())
        .with("areaCode", quoted(area))
        .with("totalAmount", "3");
  }

  private Map<String, String> served(String count) {
    Map<String, String> fields = new HashMap<>();
    fields.put(group.name() + ":count", count);
    fields.put(group.name() + ":@computed_at", Long.toString(online.millis()));
    return fields;
  }

  @SuppressWarnings("ArrayAsKeyOfSetOrMap") // the client reads the pairs, and looks up none
  private void serve(String area, Map<String, String> fields) {
    Map<byte[], byte[]> bytes = new HashMap<>();
    fields.forEach((name, text) -> bytes.put(name.getBytes(UTF_8), text.getBytes(UTF_8)));
    if (!bytes.isEmpty()) {
      long unused = redis.ask(commands -> commands.hset(EntityKey.of("area", area), bytes));
    }
  }

  private Set<String> unexplained(AuditOptions options) {
    return audit(options).differences().stream()
        .filter(each -> each.cause() == Cause.UNEXPLAINED)
        .map(Difference::entity)
        .collect(Collectors.toSet());
  }

  private AuditReport audit(AuditOptions options) {
    return audit(options, new Settings(name -> null));
  }

  private AuditReport audit(AuditOptions options, Settings settings) {
    Clock clock = Clock.fixed(online.now(), ZoneOffset.UTC);
    return new Audit(List.of(group), redis, new Retained(), options, settings, clock, pause -> {})
        .run();
  }

  /** The events that the group was given. */
  private final class Retained implements EventScan {

    @Override
    public long read(Optional<Instant> since, Instant end, Receiver receiver) {
      online.read("item-created", receiver);
      whileReading.run();
      return created;
    }

    @Override
    public boolean isLive() {
      return true;
    }

    @Override
    public Optional<Instant> completeFrom(Instant now, boolean forArchived) {
      return Optional.empty();
    }
  }
}
