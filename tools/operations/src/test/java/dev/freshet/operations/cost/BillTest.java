package dev.freshet.operations.cost;

import static dev.freshet.operations.cost.Stages.bill;
import static dev.freshet.operations.cost.Stages.dollars;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares bills with what the same stage costs by hand. */
class BillTest {

  private static final double HOURS = 730;
  private static final double SECONDS = 2_628_000;
  private static final Offset<Double> CENT = within(0.01);

  @Test
  void shardsArePaidByTheHour() {
    assertThat(dollars(bill(), "Kinesis shards")).isEqualTo((2 + 2 + 1 + 1) * HOURS * 1, CENT);
  }

  @Test
  void retentionIsPaidBeyondADay() {
    assertThat(dollars(bill(), "Kinesis retention beyond 24 h")).isZero();
    assertThat(dollars(bill("order-retention-hours=72"), "Kinesis retention beyond 24 h"))
        .isEqualTo(4 * HOURS * 2, CENT);
  }

  /**
   * A batch of a second has 37.5 opened events of each of two shards, or 12.5 closed ones. Each of
   * 4 + 2 batches puts a record of results, and so does the recalculation, once a second.
   */
  @Test
  void putsArePaidByTheRecord() {
    assertThat(dollars(bill(), "Kinesis puts"))
        .isEqualTo((100 + 4 + 2 + 1) * SECONDS * 4 / 1e6, CENT);
    assertThat(dollars(bill("events-in-record=10"), "Kinesis puts"))
        .isEqualTo((10 + 4 + 2 + 1) * SECONDS * 4 / 1e6, CENT);
    assertThat(dollars(bill("events-in-record=26"), "Kinesis puts"))
        .as("a record of more than 25 kB is two units")
        .isEqualTo((2 * 100 / 26.0 + 4 + 25 / 26.0 + 1) * SECONDS * 4 / 1e6, CENT);
  }

  @Test
  void fanOutIsPaidByConsumerShardAndByTheByte() {
    assertThat(dollars(bill(), "enhanced fan-out")).isZero();
    double gigabytes = (75 * 2 + 25) * 1_000 * SECONDS / 1e9;
    double results = (75 * 2 + 25 + 50) * 250 * SECONDS / 1e9;
    assertThat(dollars(bill("consumer=dedicated"), "enhanced fan-out"))
        .isEqualTo((3 * 2 + 1) * HOURS * 5 + (gigabytes + results) * 6, CENT);
  }

  /** One event takes 10 ms and each further one 1 ms: 46.5 ms for 37.5 events, 21.5 for 12.5. */
  @Test
  void functionsArePaidByTheCallAndByTime() {
    double busy = 4 * 46.5e-3 + 2 * 21.5e-3;
    assertThat(dollars(bill(), "feature groups"))
        .isEqualTo(6 * SECONDS * 7 / 1e6 + busy * SECONDS * 0.001, CENT);
    assertThat(dollars(bill("memory=2048"), "feature groups"))
        .isEqualTo(6 * SECONDS * 7 / 1e6 + 2 * busy * SECONDS * 0.001, CENT);
  }

  /** Two groups on opened, one on closed: 10 + 36.5 × 2 + 2 ms. */
  @Test
  void aFunctionOfAllGroupsOfAnEntityIsCalledLess() {
    double busy = 2 * 85e-3 + 2 * 21.5e-3;
    assertThat(dollars(bill("functions=by-entity"), "feature groups"))
        .isEqualTo(4 * SECONDS * 7 / 1e6 + busy * SECONDS * 0.001, CENT);
  }

  @Test
  void eachEventIsACallIfBatchesDoNotWait() {
    assertThat(
            dollars(
                bill("batch-window-seconds=0", "consumer=dedicated", "parallelization-factor=10"),
                "feature groups"))
        .isEqualTo(175 * SECONDS * 7 / 1e6 + 175 * 10e-3 * SECONDS * 0.001, CENT);
  }

  /** Seven records a second, with 225 results: 10 + 224 ms. */
  @Test
  void theSubscriberIsPaidUnlessFunctionsWriteThemselves() {
    assertThat(dollars(bill(), "subscriber"))
        .isEqualTo(1 * SECONDS * 7 / 1e6 + 234e-3 * SECONDS * 0.001, CENT);
    Bill direct = bill("feature-store-writes=direct");
    assertThat(dollars(direct, "subscriber")).isZero();
    assertThat(dollars(direct, "feature groups"))
        .isEqualTo(dollars(bill(), "feature groups") + 6 * 3e-3 * SECONDS * 0.001, CENT);
  }

  @Test
  void recalculationIsAlwaysAtWork() {
    assertThat(dollars(bill(), "recalculation, function"))
        .isEqualTo(1 * SECONDS * 0.5 * 0.001, CENT);
    assertThat(dollars(bill("recalculation-ranges=4"), "recalculation, function"))
        .isEqualTo(4 * SECONDS * 0.5 * 0.001, CENT);
    assertThat(dollars(bill(), "recalculation, transitions"))
        .isEqualTo(60 * 3 * HOURS * 9 / 1e6, CENT);
  }

  @Test
  void nodesArePaidByTheHour() {
    assertThat(dollars(bill(), "ElastiCache, state store")).isEqualTo(2 * HOURS * 19, CENT);
    assertThat(dollars(bill("Engine=valkey"), "ElastiCache, state store"))
        .isEqualTo(2 * HOURS * 15, CENT);
    assertThat(dollars(bill("ReplicasPerShard=2"), "ElastiCache, feature store"))
        .isEqualTo(3 * HOURS * 19, CENT);
    assertThat(dollars(bill("NodeType=cache.large"), "ElastiCache, feature store"))
        .isEqualTo(2 * HOURS * 20, CENT);
  }

  /** 100,000 events a second hold 98 GiB: 13 masters with half of 16 GiB each. */
  @Test
  void moreMastersAreAssumedThanDeclaredIfMemoryNeedsThem() {
    Bill bill =
        Stages.MAKER.bill(
            Stages.stage(),
            new Variant("a", "", Map.of("NodeType", "cache.large")),
            Stages.load().times(1_000));

    assertThat(bill.assumed()).containsEntry("masters of the state store", "13 of cache.large");
    assertThat(dollars(bill, "ElastiCache, state store")).isEqualTo(26 * HOURS * 20, CENT);
  }

  /** Of 7,500 events a second, twice at the peak, of 1,000 bytes: 15 MB a second. */
  @Test
  void moreShardsAreAssumedThanDeclaredIfTheLoadNeedsThem() {
    Bill bill =
        Stages.MAKER.bill(
            Stages.stage(),
            new Variant("a", "", Map.of("consumer", "dedicated")),
            Stages.load().times(100));

    assertThat(bill.assumed())
        .containsEntry("shards of opened", "15")
        .containsEntry("shards of closed", "5");
  }

  /** At 15 MB a second, three readers need 45 MB a second of shards that give 2. */
  @Test
  void sharedConsumersNeedMoreShards() {
    DeclaredStage stage = Stages.withAnotherReader();
    Variant shared = new Variant("a", "", Map.of("sizes", "needed"));
    Variant dedicated = shared.with(Map.of("consumer", "dedicated"));
    Load load = Stages.load().times(100);

    assertThat(Stages.MAKER.bill(stage, shared, load).assumed())
        .containsEntry("shards of opened", "23")
        .containsEntry("shards of closed", "5");
    assertThat(Stages.MAKER.bill(stage, dedicated, load).assumed())
        .containsEntry("shards of opened", "15");
    assertThat(Stages.MAKER.bill(stage, shared, Stages.load()).assumed())
        .containsEntry("shards of opened", "1");
  }

  /** Each of two instances gets 150 records a second, which would take it 1.5 s one by one. */
  @Test
  void batchesGrowUntilInstancesKeepUp() {
    BillingSettings single =
        Stages.stage()
            .settings()
            .with(Map.of("consumer", "dedicated", "batch-window-seconds", "0"));
    Batches batches = Batches.of(300, 2, single, records -> 9 + records);

    assertThat(batches.perSecond() / 2 * batches.millis()).isBetween(750.0, 800.0);
    assertThat(batches.records() * batches.perSecond()).isEqualTo(300, CENT);
    assertThat(Batches.of(100, 2, single, records -> 9 + records).records()).isEqualTo(1);
  }

  @Test
  void logsArePaidByTheLine() {
    assertThat(dollars(bill(), "logs")).isEqualTo(7 / 60.0 * SECONDS * 300 / 1e9 * 13, CENT);
    assertThat(dollars(bill("system-log-level=INFO"), "logs"))
        .isEqualTo(dollars(bill(), "logs") + 7 * SECONDS * 500 / 1e9 * 13, CENT);
  }

  @Test
  void tracesAreAPartOfTheCalls() {
    assertThat(dollars(bill(), "traces")).isZero();
    assertThat(dollars(bill("tracing=true"), "traces"))
        .isEqualTo((7 * 0.05 + 1) * SECONDS * 15 / 1e6, CENT);
  }

  @Test
  void historyIsPaidByTheWriteAndItsSize() {
    Bill bill =
        Stages.MAKER.bill(
            Stages.withHistory(),
            new Variant("a", "", Map.of()),
            new Load(100, Map.of("payments", 1.0), 1_000, 250, 0.5, Load.Measured.NOTHING));

    assertThat(dollars(bill, "DynamoDB"))
        .isEqualTo(50 * SECONDS * 5 * 10 / 1e6 + 100 * 11 + 75 * 12, CENT);
    assertThat(dollars(bill(), "DynamoDB")).isZero();
  }

  @Test
  void alarmsAndSecretsArePaidByTheMonth() {
    assertThat(dollars(bill(), "alarms, secrets")).isEqualTo((2 * 5 + 3 + 7) * 14 + 4 * 16, CENT);
  }

  @Test
  void endpointsAreApart() {
    assertThat(bill().apart())
        .singleElement()
        .extracting(Item::dollars)
        .isEqualTo(4 * HOURS * 17 + 225 * 250 * SECONDS / 1e9 * 18);
    assertThat(bill().dollars())
        .isEqualTo(bill().items().stream().mapToDouble(Item::dollars).sum());
  }

  /** Only its item, and those that follow from it, may change. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          order-shards=3             | Kinesis shards
          results-shards=2           | Kinesis shards
          dead-letter-shards=2       | Kinesis shards
          results-retention-hours=48 | Kinesis retention beyond 24 h
          dead-letter-retention-hours=168 | Kinesis retention beyond 24 h
          recalculation-memory=256   | recalculation, function
          StateStoreShards=2         | ElastiCache, state store
          FeatureStoreShards=2       | ElastiCache, feature store
          batch-window-seconds=2     | feature groups
          parallelization-factor=2   | feature groups
          events-in-batch=1          | feature groups
          batch-size=10              | feature groups
          """)
  void everySettingMovesItsItem(String setting, String item) {
    assertThat(dollars(bill(setting), item)).isNotCloseTo(dollars(bill(), item), CENT);
  }

  @Test
  void aSettingOfTheStackMovesNoOtherItem() {
    Set<String> changed =
        bill().items().stream()
            .filter(
                item ->
                    Math.abs(item.dollars() - dollars(bill("StateStoreShards=2"), item.name()))
                        > 0.01)
            .map(Item::name)
            .collect(Collectors.toSet());
    assertThat(changed).containsExactly("ElastiCache, state store");
  }

  @Test
  void anUnknownSettingOrValueIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bill("shards=3"))
        .withMessageContainingAll("there is no setting shards", "order-shards");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bill("order-shards=many"))
        .withMessage("order-shards must be a number that is not negative: many");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bill("order-shards=Infinity"))
        .withMessage("order-shards must be a number that is not negative: Infinity");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bill("events-in-record=0"))
        .withMessage("events-in-record must be above 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bill("consumer=own"))
        .withMessageContaining("[dedicated, shared]: own");
  }

  @Test
  void theArithmeticThatIsShownIsTheAmount() {
    Item item = bill().items().get(0);
    assertThat(item.arithmetic()).isEqualTo("6 shards × 730 h × $1");
    assertThat(item.dollars()).isEqualTo(6 * HOURS);
  }

  @Test
  void aGroupLeavesWithTheFunctionOfItsName() {
    assertThat(Stages.without("door_last").reads()).containsOnlyKeys("door-traffic");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Stages.without("window_last"))
        .withMessage("there is no feature group window_last, only door_last, door_traffic");
  }

  @Test
  void aStageWithoutSubscriberWritesDirectly() {
    assertThat(Stages.withoutSubscriber().settings().values())
        .containsEntry("feature-store-writes", "direct");
    assertThat(Stages.stage().settings().values()).containsEntry("feature-store-writes", "stream");
  }

  @Test
  void everyVariantCanBeBilledAtListPrices() {
    BillMaker maker = BillMaker.ofListPrices();
    DeclaredStage stage = Stages.stage();
    Load load = Load.of(100, stage.streams(), Map.of());
    Map<String, String> node = Map.of("NodeType", "cache.t4g.small");

    List<Double> sums =
        Variant.ALL.stream()
            .map(variant -> maker.bill(stage, variant.with(node), load).dollars())
            .toList();
    assertThat(sums).hasSize(6).allSatisfy(sum -> assertThat(sum).isBetween(50.0, 10_000.0));
  }
}
