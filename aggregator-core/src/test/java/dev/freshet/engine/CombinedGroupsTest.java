package dev.freshet.engine;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Window.minutes;
import static dev.freshet.testing.TestEvents.MINUTE;
import static dev.freshet.testing.TestEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.ledger.Ledger;
import dev.freshet.metrics.Metric;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.StreamResults;
import dev.freshet.state.InMemoryStateStore;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.KeyState;
import dev.freshet.state.StateStore;
import dev.freshet.state.StateStoreException;
import dev.freshet.stream.OutgoingRecord;
import dev.freshet.stream.StreamRecord;
import dev.freshet.testing.FakeSink;
import dev.freshet.testing.GroupTraffic;
import dev.freshet.testing.RandomFeatures;
import dev.freshet.testing.TestGroups;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests that groups of one function do what each does in a function of its own. */
class CombinedGroupsTest {

  private static final int RUNS = 40;
  private static final int BATCHES = 25;
  private static final Duration TIME_TO_LIVE = Duration.ofDays(90);
  private static final ObjectMapper JSON = new ObjectMapper();

  private long now = NOON;
  private final Clock clock =
      new Clock() {
        @Override
        public Instant instant() {
          return Instant.ofEpochMilli(now);
        }

        @Override
        public ZoneOffset getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }
      };

  private static List<FeatureGroup> groups(int seed) {
    FeatureGroup picked =
        FeatureGroup.named(TestGroups.freshName("picked"))
            .dimension(TestGroups.AREA)
            .reads(TestGroups.ITEM_PICKED)
            .over(minutes(30), count("picked"))
            .build();
    return List.of(
        TestGroups.demand(), new RandomFeatures(seed).group(), picked, TestGroups.mixed());
  }

  /** One function with its state, its output and what it counts. */
  private final class Function {
    final List<FeatureGroup> groups;
    final List<FlakyStore> stores = new ArrayList<>();
    final List<CountedMetrics> metrics = new ArrayList<>();
    final List<List<NextChanges>> changes = new ArrayList<>();
    final FakeSink results = new FakeSink();
    final FakeSink letters = new FakeSink();
    final Aggregator aggregator;
    Predicate<FeatureResult> refused = result -> false;

    Function(List<FeatureGroup> groups) {
      this.groups = groups;
      List<AggregatedGroup> aggregated = new ArrayList<>();
      for (FeatureGroup group : groups) {
        FlakyStore store = new FlakyStore(new InMemoryStateStore(group));
        List<NextChanges> woken = new ArrayList<>();
        stores.add(store);
        metrics.add(new CountedMetrics());
        changes.add(woken);
        aggregated.add(
            new AggregatedGroup(
                group, store, each -> wake(each, woken), metrics.get(metrics.size() - 1)));
      }
      aggregator = new Aggregator(aggregated, this::put, letters, TIME_TO_LIVE, clock, Ledger.NONE);
    }

    private static void wake(NextChanges changes, List<NextChanges> woken) {
      if (!changes.equals(new NextChanges())) {
        woken.add(changes);
      }
    }

    private BitSet put(List<FeatureResult> all) {
      BitSet missing = new BitSet();
      IntStream.range(0, all.size()).filter(i -> refused.test(all.get(i))).forEach(missing::set);
      return missing.isEmpty() ? new StreamResults(results).put(all) : missing;
    }

    boolean reads(String stream) {
      return groups.stream()
          .flatMap(group -> group.eventTypes().stream())
          .anyMatch(type -> type.stream().equals(stream));
    }
  }

  /** A state store that fails as the test wants it, before or after its steps. */
  private static final class FlakyStore implements StateStore {
    private final StateStore store;
    private int failing;
    private List<String> order = new ArrayList<>();

    FlakyStore(StateStore store) {
      this.store = store;
    }

    @Override
    public void apply(List<KeyEvents> changes, long nowMillis, Receiver receiver) {
      order.add("finish");
      if (failing == 2) {
        store.apply(changes, nowMillis, (index, state) -> {});
      }
      if (failing > 0) {
        throw new StateStoreException("away", null);
      }
      store.apply(changes, nowMillis, receiver);
    }

    @Override
    public Steps begin(List<KeyEvents> changes, long nowMillis) {
      order.add("begin");
      if (failing == 3) {
        throw new StateStoreException("away at once", null);
      }
      return StateStore.super.begin(changes, nowMillis);
    }
  }

  @Test
  void eachGroupDoesWhatItDoesAlone() throws IOException {
    int compared = 0;
    for (int seed = 1; seed <= RUNS; seed++) {
      Random random = new Random(seed);
      GroupTraffic traffic = new GroupTraffic(random);
      Function combined = new Function(groups(seed));
      List<Function> alone =
          combined.groups.stream().map(group -> new Function(List.of(group))).toList();
      now = NOON;
      for (int i = 0; i < BATCHES; i++) {
        String stream = GroupTraffic.STREAMS.get(random.nextInt(2));
        List<StreamRecord> batch = traffic.batch(stream, random.nextInt(12), now);
        assertThat(combined.aggregator.process(batch).firstUnfinished()).isEmpty();
        alone.stream()
            .filter(each -> each.reads(stream))
            .forEach(each -> each.aggregator.process(batch));
        compared += requireSame(combined, alone, "seed " + seed + ", batch " + i);
        now += random.nextInt((int) (5 * MINUTE));
      }
      for (int i = 0; i < alone.size(); i++) {
        assertThat(combined.metrics.get(i).counts)
            .as("seed %d, %s", seed, combined.groups.get(i))
            .isEqualTo(alone.get(i).metrics.get(0).counts);
        assertThat(combined.changes.get(i)).isEqualTo(alone.get(i).changes.get(0));
      }
    }
    assertThat(compared).isGreaterThan(20 * RUNS);
  }

  /** Compares the results and the letters since the last call; returns the number of results. */
  private int requireSame(Function combined, List<Function> alone, String as) throws IOException {
    List<FeatureResult> results = combined.results.drainResults();
    Map<String, List<String>> letters = new LinkedHashMap<>();
    for (OutgoingRecord letter : combined.letters.drain()) {
      for (String group : rejecting(letter)) {
        letters.computeIfAbsent(group, unseen -> new ArrayList<>()).add(shown(letter));
      }
    }
    for (Function each : alone) {
      String group = each.groups.get(0).name();
      assertThat(results.stream().filter(result -> result.featureGroup().equals(group)).toList())
          .as(as)
          .isEqualTo(each.results.drainResults());
      List<String> own = new ArrayList<>();
      for (OutgoingRecord letter : each.letters.drain()) {
        assertThat(rejecting(letter)).containsExactly(group);
        own.add(shown(letter));
      }
      assertThat(letters.getOrDefault(group, List.of())).as(as).isEqualTo(own);
    }
    return results.size();
  }

  private static List<String> rejecting(OutgoingRecord letter) throws IOException {
    JsonNode json = JSON.readTree(letter.data());
    List<String> groups = new ArrayList<>();
    json.path("featureGroups").forEach(each -> groups.add(each.asText()));
    String first = json.get("featureGroup").asText();
    assertThat(groups.isEmpty() ? first : groups.get(0)).isEqualTo(first);
    return groups.isEmpty() ? List.of(first) : groups;
  }

  /** A letter without the groups that reject it. */
  private static String shown(OutgoingRecord letter) throws IOException {
    Map<?, ?> members = JSON.readValue(letter.data(), LinkedHashMap.class);
    members.remove("featureGroup");
    members.remove("featureGroups");
    return letter.partitionKey() + members;
  }

  @Test
  void anEventThatIsInvalidForAllIsOneLetterAndNoGroupRejectsTheInputsOfAnother()
      throws IOException {
    Function combined = new Function(groups(1));
    GroupTraffic traffic = new GroupTraffic(new Random(5));
    combined.aggregator.process(traffic.batch("item-created", 3_000, now));
    List<List<String>> rejecting = new ArrayList<>();
    for (OutgoingRecord letter : combined.letters.records()) {
      rejecting.add(rejecting(letter));
    }
    String demand = combined.groups.get(0).name();
    String random = combined.groups.get(1).name();
    String mixed = combined.groups.get(3).name();
    assertThat(rejecting)
        .as("as such, or the entity or an amount; the amount")
        .contains(List.of(demand, random, mixed), List.of(demand, mixed), List.of(random));
  }

  @Test
  void aGroupWhoseStoreFailsHasItsBatchAgainAndAllEndRight() {
    for (int seed = 1; seed <= RUNS; seed++) {
      Random random = new Random(seed);
      GroupTraffic traffic = new GroupTraffic(random);
      Function combined = new Function(groups(seed));
      List<Function> alone =
          combined.groups.stream().map(group -> new Function(List.of(group))).toList();
      now = NOON;
      for (int i = 0; i < BATCHES; i++) {
        String stream = GroupTraffic.STREAMS.get(random.nextInt(2));
        List<StreamRecord> batch = traffic.batch(stream, 1 + random.nextInt(12), now);
        deliver(combined, batch, random);
        alone.stream()
            .filter(each -> each.reads(stream))
            .forEach(each -> each.aggregator.process(batch));
        now += random.nextInt((int) MINUTE);
      }
      for (int i = 0; i < alone.size(); i++) {
        requireSameState(combined, i, alone.get(i), "seed " + seed);
      }
    }
  }

  /** Delivers a batch until all of it is done, while stores fail and results are refused. */
  private void deliver(Function combined, List<StreamRecord> batch, Random random) {
    List<StreamRecord> left = batch;
    for (int attempt = 0; !left.isEmpty(); attempt++) {
      boolean isCalm = attempt == 4;
      combined.stores.forEach(
          store -> store.failing = isCalm || random.nextInt(3) > 0 ? 0 : 1 + random.nextInt(3));
      combined.results.refuseIf(unused -> !isCalm && random.nextInt(5) == 0);
      combined.letters.refuseIf(unused -> !isCalm && random.nextInt(9) == 0);
      left = left.subList(combined.aggregator.process(left).done(), left.size());
      assertThat(attempt).isLessThan(5);
    }
  }

  /** Compares what is published last for each entity, and its state, with a function alone. */
  private void requireSameState(Function combined, int index, Function alone, String as) {
    String group = combined.groups.get(index).name();
    Map<String, FeatureResult> newest = newest(combined, group);
    Map<String, FeatureResult> expected = newest(alone, group);
    assertThat(newest.keySet()).as(as).isEqualTo(expected.keySet());
    for (String key : newest.keySet()) {
      List<KeyEvents> none = List.of(new KeyEvents(key, List.of()));
      combined.stores.get(index).failing = 0;
      KeyState state = combined.stores.get(index).apply(none, now).get(0);
      KeyState right = alone.stores.get(0).apply(none, now).get(0);
      assertThat(state.features()).as("%s, %s of %s", as, key, group).isEqualTo(right.features());
      assertThat(newest.get(key).features()).as(as).isEqualTo(expected.get(key).features());
    }
  }

  private static Map<String, FeatureResult> newest(Function function, String group) {
    Map<String, FeatureResult> newest = new LinkedHashMap<>();
    function.results.results().stream()
        .filter(result -> result.featureGroup().equals(group))
        .forEach(result -> newest.put(result.key(), result));
    return newest;
  }

  @Test
  void allGroupsBeginBeforeAnyIsAwaited() {
    Function combined = new Function(List.of(TestGroups.demand(), TestGroups.mixed()));
    List<String> order = new ArrayList<>();
    combined.stores.forEach(store -> store.order = order);
    combined.aggregator.process(new GroupTraffic(new Random(1)).batch("item-created", 20, now));
    assertThat(order).containsExactly("begin", "begin", "finish", "finish");
  }

  @Test
  void resultsOfAllGroupsShareRecords() {
    Function combined = new Function(List.of(TestGroups.demand(), TestGroups.mixed()));
    combined.aggregator.process(new GroupTraffic(new Random(1)).batch("item-created", 200, now));
    assertThat(combined.results.records()).hasSize(1);
    assertThat(combined.results.results())
        .extracting(FeatureResult::featureGroup)
        .containsSequence(combined.groups.get(0).name(), combined.groups.get(1).name());
  }

  @Test
  void aResultThatIsRefusedIsThatOfItsGroup() {
    Function combined = new Function(List.of(TestGroups.demand(), TestGroups.mixed()));
    combined.refused = result -> result.featureGroup().equals(combined.groups.get(1).name());
    List<StreamRecord> batch = new GroupTraffic(new Random(1)).batch("item-created", 50, now);
    assertThat(combined.aggregator.process(batch).firstUnfinished()).isPresent();
    assertThat(combined.metrics.get(0).counts).containsKey(Metric.RESULTS_PUBLISHED);
    assertThat(combined.metrics.get(1).counts).doesNotContainKey(Metric.RESULTS_PUBLISHED);
    assertThat(combined.metrics.get(0).counts.get(Metric.EVENTS_UNFINISHED))
        .as("all groups get the batch again")
        .isEqualTo(combined.metrics.get(1).counts.get(Metric.EVENTS_UNFINISHED));
  }
}
