package dev.freshet.replay.explain;

import static dev.freshet.lambdas.OrderJson.event;
import static dev.freshet.testing.EventJson.quoted;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.definition.Feature;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.fold.Part;
import dev.freshet.fold.Part.Verdict;
import dev.freshet.lambdas.CityDemandHandler;
import dev.freshet.lambdas.OrdersCatalogue;
import dev.freshet.lambdas.StoreDeliveryTimeHandler;
import dev.freshet.lambdas.StoreOrdersHandler;
import dev.freshet.oracle.Arrival;
import dev.freshet.oracle.Oracle;
import dev.freshet.oracle.OracleEvent;
import dev.freshet.oracle.RandomHistory;
import dev.freshet.replay.Replay;
import dev.freshet.testing.EventJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExplainerTest {

  private static final long NOON = 1_790_000_000_000L;
  private static final long MINUTE = 60_000;
  private static final FeatureGroup ORDERS = new StoreOrdersHandler().groups().get(0);
  private static final FeatureGroup DELIVERIES = new StoreDeliveryTimeHandler().groups().get(0);
  private static final FeatureGroup DEMAND = new CityDemandHandler().groups().get(0);

  @Test
  void itemsSayWhatEndedTheirStatus() {
    Explainer explainer = explainer(ORDERS, "unpicked", NOON + 180 * MINUTE);
    List.of(
            order("ORDER_CREATED", "o1", NOON),
            order("ORDER_CREATED", "o2", NOON + MINUTE),
            order("ORDER_CREATED", "o3", NOON + 2 * MINUTE),
            order("ORDER_PICKED", "o3", NOON + 9 * MINUTE),
            order("ORDER_CREATED", "o3", NOON + 2 * MINUTE),
            order("ORDER_CREATED", "o4", NOON + 181 * MINUTE),
            order("ORDER_PICKED", "o5", NOON),
            order("ORDER_CREATED", "o6", NOON + 5 * MINUTE).with("storeId", "46"),
            order("ORDER_CREATED", "o7", NOON).without("storeId"),
            order("ORDER_CREATED", "o8", NOON).without("orderId"))
        .forEach(each -> explainer.see("", each.bytes()));
    Explanation explanation = explainer.explain();
    assertThat(explanation.number()).isEqualTo(1);
    assertThat(whats(explanation, Verdict.COUNTS))
        .containsExactly("item o2  created 2026-09-21T14:14:20Z (o2-ORDER_CREATED)");
    assertThat(explanation.sources().get(0).parts(Verdict.EVICTED))
        .extracting(Part::why)
        .containsExactlyInAnyOrder(
            "left the window at 2026-09-21T17:13:20Z",
            "picked by then",
            "no created event was seen");
    assertThat(whats(explanation, Verdict.AHEAD)).singleElement().asString().contains("item o4");
    assertThat(whats(explanation, Verdict.DUPLICATE))
        .containsExactly("2026-09-21T14:15:20Z  ORDER_CREATED  o3-ORDER_CREATED");
    assertThat(explanation.text(50))
        .contains(
            "store_orders:unpicked of store 45 at 2026-09-21T17:13:20Z is 1",
            "  the number of items created by t and by then not picked, not delivered, not"
                + " cancelled",
            "  over items of (t − 180m, t]",
            "counts: 1",
            "late: 0",
            "skipped: 0 of other types, 1 without storeId, 0 without a value  invalid: 1,"
                + " the first: orderId is missing");
  }

  @Test
  void lastEventsSayWhatPushedThemOut() {
    Explainer explainer = explainer(DELIVERIES, "mean", NOON + 100 * MINUTE);
    for (int i = 0; i < 53; i++) {
      explainer.see("", delivery("d" + i, NOON + i * MINUTE, i));
    }
    explainer.see("", delivery("ahead", NOON + 101 * MINUTE, 1));
    Explanation explanation = explainer.explain();
    assertThat(explanation.number()).isEqualTo(27.5);
    assertThat(whats(explanation, Verdict.COUNTS))
        .hasSize(50)
        .startsWith("2026-09-21T14:16:20Z  d3  x = 3 s");
    assertThat(explanation.sources().get(0).parts(Verdict.EVICTED)).hasSize(3);
    assertThat(explanation.sources().get(0).parts(Verdict.EVICTED).get(0).why())
        .isEqualTo("50 newer ones");
    assertThat(explanation.sources().get(0).parts(Verdict.AHEAD)).hasSize(1);
    assertThat(explanation.text(0)).contains("  … 3 older", "  … 1 later");
    assertThat(explanation.text(2))
        .contains("counts: 50", "  … 48 older", "  x = deliveredAt − createdAt (seconds)");
  }

  @Test
  void whatWasForgottenSaysSo() {
    long later = NOON + Replay.TIME_TO_LIVE.toMillis() + 1;
    Explainer explainer = explainer(DELIVERIES, "count", later);
    explainer.see("", delivery("old", NOON, 1));
    explainer.see("", delivery("new", later, 1));
    Explanation explanation = explainer.explain();
    assertThat(explanation.number()).isEqualTo(1);
    assertThat(explanation.sources().get(0).parts(Verdict.EVICTED))
        .extracting(Part::why)
        .containsExactly("forgotten: the state had expired by 2026-12-20T14:13:20.001Z");
  }

  @Test
  void anEventThatArrivedTooLateIsLate() {
    Explainer explainer = explainer(DEMAND, "amount_sum_60m", NOON + 59 * MINUTE);
    byte[] created =
        event("ORDER_CREATED", "a", NOON)
            .with("cityCode", quoted("45"))
            .with("totalAmount", "12.5")
            .bytes();
    explainer.see("", created, NOON + 60 * MINUTE);
    assertThat(whats(explainer.explain(), Verdict.LATE))
        .containsExactly("2026-09-21T14:13:20Z  a  x = 12.5");
    assertThat(explainer.explain().number()).isNaN();
    explainer.see("", created, NOON + 60 * MINUTE - 1);
    assertThat(explainer.explain().number()).isEqualTo(12.5);
    assertThat(whats(explainer.explain(), Verdict.COUNTS)).hasSize(1);
  }

  @Test
  void aLastEventThatIsOlderThanTheTimeToLiveWhenItArrivesIsLate() {
    long now = NOON + Replay.TIME_TO_LIVE.toMillis();
    Explainer onTime = explainer(DELIVERIES, "count", now);
    onTime.see("", delivery("a", NOON, 1), now);
    assertThat(onTime.explain().number()).isEqualTo(1);
    Explainer late = explainer(DELIVERIES, "count", now + 1);
    late.see("", delivery("a", NOON, 1), now + 1);
    assertThat(late.explain().number()).isNaN();
    assertThat(late.explain().sources().get(0).parts())
        .extracting(Part::verdict)
        .containsExactly(Verdict.LATE);
  }

  @Test
  void nothingCountsWhereTheValueIsForgotten() {
    Explainer explainer = explainer(DELIVERIES, "count", NOON + 100 * 1_440 * MINUTE);
    explainer.see("", delivery("a", NOON, 1));
    Explanation explanation = explainer.explain();
    assertThat(explanation.number()).isNaN();
    assertThat(explanation.text(5)).contains("counts: 0", "evicted: 1");
    assertThat(explanation.sources().get(0).parts(Verdict.EVICTED))
        .extracting(Part::why)
        .containsExactly("forgotten: nothing was written for 90 days");
  }

  @Test
  void anAmountThatIsMissingIsNotPartOfASum() {
    Explainer explainer = explainer(DEMAND, "amount_mean_60m", NOON);
    explainer.see("", event("ORDER_CREATED", "a", NOON).with("cityCode", "45").bytes());
    Explanation explanation = explainer.explain();
    assertThat(explanation.number()).isNaN();
    assertThat(explanation.text(5).get(0)).endsWith("is absent");
    assertThat(explanation.sources().get(0).parts(Verdict.EVICTED))
        .containsExactly(
            new Part(
                Verdict.EVICTED, "2026-09-21T14:13:20Z  a  no totalAmount", "it carries no value"));
  }

  /** What counts adds up to the value that the engine has, which is the oracle's. */
  @Test
  void whatCountsIsAsManyAsTheValueSays() {
    int compared = 0;
    for (long seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      List<String> events =
          new RandomHistory(seed, NOON, 1).arrivals(30).stream().map(Arrival::json).toList();
      for (FeatureGroup group : List.of(ORDERS, DELIVERIES, DEMAND)) {
        long at = NOON + random.nextInt(400) * 30_000L;
        compared += compare(group, events, at, "seed " + seed);
      }
    }
    assertThat(compared).isEqualTo(20 * (7 + 1 + 4));
  }

  @Test
  void ofAnIdWithTwoTimesTheLatestOfTheLastCountsUntilTheInstant() {
    for (long at : new long[] {NOON, NOON + MINUTE}) {
      Explainer explainer = explainer(DELIVERIES, "mean", at);
      explainer.see("", delivery("a", NOON - MINUTE, 10));
      explainer.see("", delivery("a", NOON, 20));
      explainer.see("", delivery("a", NOON + MINUTE, 60));
      Explanation explanation = explainer.explain();
      assertThat(explanation.number()).isEqualTo(at == NOON ? 20 : 60);
      assertThat(explanation.sources().get(0).parts(Verdict.COUNTS)).hasSize(1);
      assertThat(explanation.sources().get(0).parts(Verdict.AHEAD)).hasSize(at == NOON ? 1 : 0);
    }
  }

  private static int compare(FeatureGroup group, List<String> events, long at, String run) {
    List<OracleEvent> past =
        events.stream().map(OracleEvent::parse).filter(e -> e.occurredAt() <= at).toList();
    String entity = group.dimension().name().equals("city") ? "c0" : "0";
    var expected = new Oracle(past).features(group.name(), entity, at);
    int compared = 0;
    for (Feature feature : group.features()) {
      Explainer explainer =
          new Explainer(
              List.of(group), group.eventTypes(), group, feature, entity, at, Replay.TIME_TO_LIVE);
      events.forEach(each -> explainer.see("", each.getBytes(UTF_8)));
      Explanation explanation = explainer.explain();
      int counts = explanation.sources().get(0).parts(Verdict.COUNTS).size();
      boolean counting =
          group.movesWithTime()
              ? !feature.name().startsWith("amount")
              : feature.name().equals("count");
      double value = Double.isNaN(explanation.number()) ? 0 : explanation.number();
      if (counting) {
        assertThat((double) counts).as("%s, %s of %s", run, feature, group).isEqualTo(value);
        compared++;
      }
      assertThat(value)
          .as("%s, %s of %s", run, feature, group)
          .isCloseTo(expected.getOrDefault(feature.name(), 0.0), within(1e-6));
    }
    return compared;
  }

  private static List<String> whats(Explanation explanation, Verdict verdict) {
    return explanation.sources().get(0).parts(verdict).stream().map(Part::what).toList();
  }

  private static Explainer explainer(FeatureGroup group, String name, long at) {
    Feature feature =
        group.features().stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
    List<FeatureGroup> groups = new ArrayList<>(List.of(ORDERS, DELIVERIES));
    return new Explainer(
        group == DEMAND ? List.of(DEMAND) : groups,
        new OrdersCatalogue().eventTypes(),
        group,
        feature,
        "45",
        at,
        Replay.TIME_TO_LIVE);
  }

  private static EventJson order(String type, String order, long at) {
    return event(type, order + "-" + type, at).with("orderId", quoted(order)).with("storeId", "45");
  }

  private static byte[] delivery(String id, long at, long seconds) {
    return event("ORDER_DELIVERED", id, at)
        .with("storeId", quoted("45"))
        .with("createdAt", Long.toString(at - seconds * 1_000))
        .with("deliveredAt", Long.toString(at))
        .bytes();
  }
}
