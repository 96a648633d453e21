package dev.freshet.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.Feature;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.event.EventParser;
import dev.freshet.fold.Coverage;
import dev.freshet.fold.FeatureValues;
import dev.freshet.fold.SnapshotReader;
import dev.freshet.fold.SnapshotWriter;
import dev.freshet.oracle.Arrival;
import dev.freshet.oracle.DeclarationOracle;
import dev.freshet.oracle.OracleEvent;
import dev.freshet.oracle.RandomDeclaration;
import dev.freshet.state.EntityState;
import dev.freshet.state.KeyState;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Lets several functions, whose clocks differ, fold the events of a declaration into the states of
 * its entities, with snapshots in between, and compares each state with the oracle.
 */
final class HistoryRun {

  private static final int FUNCTIONS = 3;

  /** The greatest difference between the clocks of two functions. */
  private static final int SKEW_MILLIS = (int) Duration.ofMinutes(5).toMillis();

  private final Random random;
  private final long seed;
  private final RandomDeclaration declared;
  private final FeatureGroup group;
  private final EventParser parser;
  private final DeclarationOracle oracle;
  private Coverage coverage;
  private final Set<String> filled = new HashSet<>();
  private final Map<String, EntityList> entities = new TreeMap<>();
  private final long[] behind = new long[FUNCTIONS];
  private long clock;
  private int checked;

  HistoryRun(RandomDeclaration declared, long seed, Coverage coverage) {
    this.random = new Random(seed);
    this.seed = seed;
    this.declared = declared;
    this.group = declared.group();
    this.parser = new EventParser(group);
    this.oracle = declared.oracle(RandomDeclaration.LONG_TO_LIVE);
    this.coverage = coverage;
    for (int i = 1; i < FUNCTIONS; i++) {
      behind[i] = random.nextBoolean() ? 0 : random.nextInt(SKEW_MILLIS);
    }
  }

  /** Returns how many states were compared. */
  int checked() {
    return checked;
  }

  /** Lets events arrive, and time pass in between. */
  void live(List<Arrival> arrivals) {
    for (Arrival each : arrivals) {
      clock = Math.max(clock, each.atMillis());
      if (random.nextInt(4) == 0) {
        clock += random.nextInt(9) * declared.scale().toMillis() / 16;
        lookAtAll();
      }
      arrive(each.json(), random.nextInt(FUNCTIONS));
    }
  }

  /** Lets events count that arrived in time before any function was there to fold them. */
  void count(List<Arrival> arrivals) {
    for (Arrival each : arrivals) {
      if (parser.parse("", bytes(each.json()), each.atMillis()) instanceof Event) {
        OracleEvent event = OracleEvent.parse(each.json());
        oracle.saw(event, event.occurredAt());
      }
    }
  }

  private void arrive(String json, int function) {
    long now = clock - behind[function];
    if (parser.parse("", bytes(json), now) instanceof Event event) {
      long kinds = group.kindsFor(event, now, RandomDeclaration.LONG_TO_LIVE);
      if (kinds != 0) {
        list(event.entity()).append(state -> state.fold(event, kinds));
        oracle.saw(OracleEvent.parse(json), now);
        check(event.entity(), function);
      }
    }
  }

  private static ByteBuffer bytes(String json) {
    return ByteBuffer.wrap(json.getBytes(UTF_8));
  }

  private EntityList list(String entity) {
    return entities.computeIfAbsent(
        entity, unseen -> new EntityList(group, () -> coverage, FUNCTIONS));
  }

  /**
   * Installs the history up to the seam, which has passed, of all entities that have events there.
   */
  void backfill(List<Arrival> files, long seam) {
    clock = Math.max(clock, seam);
    Map<String, EntityState> states = new TreeMap<>();
    long asOf = random.nextBoolean() ? seam : clock;
    for (Arrival each : files) {
      OracleEvent plain = OracleEvent.parse(each.json());
      if (plain.occurredAt() <= seam
          && parser.parse("", bytes(each.json()), seam) instanceof Event event) {
        oracle.saw(plain, plain.occurredAt());
        states
            .computeIfAbsent(event.entity(), unseen -> EntityState.empty(group, upTo(seam), asOf))
            .fold(event, group.kindsFor(event, plain.occurredAt(), RandomDeclaration.LONG_TO_LIVE));
      }
    }
    for (String entity : entities.keySet()) {
      states.computeIfAbsent(entity, unseen -> EntityState.empty(group, upTo(seam), asOf));
    }
    filled.addAll(states.keySet());
    states.forEach(
        (entity, state) -> {
          SnapshotWriter part = new SnapshotWriter(64);
          state.writeUpTo(seam, part);
          byte[] bytes = part.toBytes();
          list(entity).append(each -> each.replaceUpTo(seam, new SnapshotReader(bytes)));
          check(entity, 0);
        });
  }

  /** Marks the group as backfilled. */
  void markComplete() {
    coverage = Coverage.COMPLETE;
  }

  private static Coverage upTo(long seamMillis) {
    return new Coverage(Coverage.ALWAYS, Coverage.ALWAYS, Coverage.ALWAYS, seamMillis);
  }

  /** Lets time pass until all is over, in steps of any length. */
  void end() {
    lookAtAll();
    for (int days : new int[] {0, 1, 3, 60, 120}) {
      clock += Duration.ofDays(days).toMillis() + random.nextInt(3_600_000);
      lookAtAll();
    }
  }

  private void lookAtAll() {
    entities.keySet().forEach(each -> check(each, random.nextInt(FUNCTIONS)));
  }

  private void check(String entity, int function) {
    EntityList list = entities.get(entity);
    switch (random.nextInt(12)) {
      case 0, 1 -> list.restart(function);
      case 2 -> {
        list.step(function, clock - behind[function]);
        list.compact(function);
      }
      default -> {}
    }
    KeyState found = list.step(function, clock - behind[function]);
    String run = "seed %d, %s at %d, %s".formatted(seed, entity, found.asOfMillis(), declared);
    boolean isComplete =
        list.coverage(function).equals(Coverage.COMPLETE) || filled.contains(entity);
    assertThat(found.completeFromMillis() == Coverage.ALWAYS).as(run).isEqualTo(isComplete);
    if (isComplete) {
      checked++;
      compare(found, entity, run);
    }
  }

  private void compare(KeyState found, String entity, String run) {
    assertThat(oracle.difference(values(found.features()), entity, found.asOfMillis()))
        .as(run)
        .isNull();
    boolean isForever = found.validUntilMillis() == KeyState.FOREVER;
    OptionalLong next =
        isForever ? OptionalLong.empty() : OptionalLong.of(found.validUntilMillis());
    assertThat(oracle.isValidUntil(next, entity, found.asOfMillis()))
        .as("valid until %s, %s", next, run)
        .isTrue();
    if (found.newestMillis() != Long.MIN_VALUE) {
      assertThat(oracle.isNewest(found.newestMillis(), entity, found.asOfMillis()))
          .as("newest %d, %s", found.newestMillis(), run)
          .isTrue();
    }
  }

  private Map<String, Object> values(FeatureValues features) {
    Map<String, Object> values = new HashMap<>();
    for (int i = 0; i < features.size(); i++) {
      Feature feature = group.features().get(i);
      if (features.text(i) != null) {
        values.put(feature.name(), features.text(i));
      } else if (features.isPresent(i)) {
        values.put(feature.name(), features.number(i) + 0.0); // −0 is published as 0
      }
    }
    return values;
  }
}
