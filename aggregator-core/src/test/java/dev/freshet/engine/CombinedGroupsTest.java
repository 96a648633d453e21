package dev.freshet.engine;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Window.minutes;
import static dev.freshet.testing.TestEvents.MINUTE;
import static dev.freshet.testing.TestEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.metrics.Metric;
import dev.freshet.result.FeatureResult;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.KeyState;
import dev.freshet.stream.OutgoingRecord;
import dev.freshet.stream.StreamRecord;
import dev.freshet.testing.GroupTraffic;
import dev.freshet.testing.RandomFeatures;
import dev.freshet.testing.TestGroups;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tests that groups of one function do what each does in a function of its own. */
class CombinedGroupsTest {

  private static final int RUNS = 40;
  private static final int BATCHES = 25;
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

  @Test
  void eachGroupDoesWhatItDoesAlone() throws IOException {
    int compared = 0;
    for (int seed = 1; seed <= RUNS; seed++) {
      Random random = new Random(seed);
      GroupTraffic traffic = new GroupTraffic(random);
      CombinedFunction combined = new CombinedFunction(groups(seed), clock);
      List<CombinedFunction> alone = combined.alone();
      now = NOON;
      for (int i = 0; i < BATCHES; i++) {
        String stream = GroupTraffic.STREAMS.get(random.nextInt(2));
        List<StreamRecord> batch = traffic.batch(stream, random.nextInt(12), now);
        assertThat(combined.aggregator.process(batch).firstUnfinished()).isEmpty();
        alone.forEach(each -> each.processIfRead(stream, batch));
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
  private int requireSame(CombinedFunction combined, List<CombinedFunction> alone, String as)
      throws IOException {
    List<FeatureResult> results = combined.results.drainResults();
    Map<String, List<String>> letters = new LinkedHashMap<>();
    for (OutgoingRecord letter : combined.letters.drain()) {
      for (String group : rejecting(letter)) {
        letters.computeIfAbsent(group, unseen -> new ArrayList<>()).add(shown(letter));
      }
    }
    for (CombinedFunction each : alone) {
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
    CombinedFunction combined = new CombinedFunction(groups(1), clock);
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
      CombinedFunction combined = new CombinedFunction(groups(seed), clock);
      List<CombinedFunction> alone = combined.alone();
      now = NOON;
      for (int i = 0; i < BATCHES; i++) {
        String stream = GroupTraffic.STREAMS.get(random.nextInt(2));
        List<StreamRecord> batch = traffic.batch(stream, 1 + random.nextInt(12), now);
        deliver(combined, batch, random);
        alone.forEach(each -> each.processIfRead(stream, batch));
        now += random.nextInt((int) MINUTE);
      }
      for (int i = 0; i < alone.size(); i++) {
        requireSameState(combined, i, alone.get(i), "seed " + seed);
      }
    }
  }

  /** Delivers a batch until all of it is done, while stores fail and results are refused. */
  private void deliver(CombinedFunction combined, List<StreamRecord> batch, Random random) {
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
  private void requireSameState(
      CombinedFunction combined, int index, CombinedFunction alone, String as) {
    String group = combined.groups.get(index).name();
    Map<String, FeatureResult> newest = combined.newest(group);
    Map<String, FeatureResult> expected = alone.newest(group);
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

  @Test
  void allGroupsBeginBeforeAnyIsAwaited() {
    CombinedFunction combined =
        new CombinedFunction(List.of(TestGroups.demand(), TestGroups.mixed()), clock);
    List<String> order = new ArrayList<>();
    combined.stores.forEach(store -> store.order = order);
    combined.aggregator.process(new GroupTraffic(new Random(1)).batch("item-created", 20, now));
    assertThat(order).containsExactly("begin", "begin", "finish", "finish");
  }

  @Test
  void resultsOfAllGroupsShareRecords() {
    CombinedFunction combined =
        new CombinedFunction(List.of(TestGroups.demand(), TestGroups.mixed()), clock);
    combined.aggregator.process(new GroupTraffic(new Random(1)).batch("item-created", 200, now));
    assertThat(combined.results.records()).hasSize(1);
    assertThat(combined.results.results())
        .extracting(FeatureResult::featureGroup)
        .containsSequence(combined.groups.get(0).name(), combined.groups.get(1).name());
  }

  @Test
  void aResultThatIsRefusedIsThatOfItsGroup() {
    CombinedFunction combined =
        new CombinedFunction(List.of(TestGroups.demand(), TestGroups.mixed()), clock);
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
