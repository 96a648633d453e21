package dev.freshet.oracle;

import static dev.freshet.oracle.PlainFeature.What.COUNT;
import static dev.freshet.oracle.PlainFeature.What.DISTINCT;
import static dev.freshet.oracle.PlainFeature.What.FIRST_AT;
import static dev.freshet.oracle.PlainFeature.What.LATEST;
import static dev.freshet.oracle.PlainFeature.What.LATEST_AT;
import static dev.freshet.oracle.PlainFeature.What.MAX;
import static dev.freshet.oracle.PlainFeature.What.MEAN;
import static dev.freshet.oracle.PlainFeature.What.PERCENTILE;
import static dev.freshet.oracle.PlainFeature.What.STDDEV;
import static dev.freshet.oracle.PlainFeature.What.SUM;

import dev.freshet.oracle.PlainFeature.Computed;
import dev.freshet.oracle.PlainFeature.OfEvents;
import dev.freshet.oracle.PlainFeature.Open;
import dev.freshet.oracle.PlainFeature.PlainLifecycle;
import dev.freshet.oracle.PlainFeature.PlainStage;
import dev.freshet.oracle.PlainFeature.PlainStatus;
import dev.freshet.oracle.PlainFeature.What;
import dev.freshet.oracle.PlainInput.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The groups of card payments and of ride-hailing in plain words. */
public enum ExampleGroup {
  CARD_USE(
      List.of("card.id"),
      List.of("PAYMENT"),
      null,
      null,
      count("payments", over(1, 'h'), null),
      count("declined", over(1, 'h'), status("declined")),
      count("payments", over(24, 'h'), null),
      count("declined", over(24, 'h'), status("declined")),
      of(DISTINCT, "merchants", over(24, 'h'), PlainInput.of(Kind.TEXT, "merchant.id")),
      count("payments", over(7, 'd'), null),
      count("night", over(7, 'd'), atNight()),
      new OfEvents(
          LATEST, 0, "country", last(1), PlainInput.of(Kind.TEXT, "merchant.country"), null, true),
      of(LATEST_AT, "latest_payment", last(1), null),
      computed("decline_ratio_1h", "ratio", "declined_1h", "payments_1h"),
      computed("decline_ratio_24h", "ratio", "declined_24h", "payments_24h"),
      computed("night_share_7d", "ratio", "night_7d", "payments_7d")),

  CARD_SPEND(
      List.of("card.id"),
      List.of("PAYMENT"),
      new PlainInput(Kind.DECIMAL, "money.amount", "", 2),
      status("approved"),
      of(SUM, null, over(1, 'h'), null),
      of(MAX, null, over(1, 'h'), null),
      new OfEvents(PERCENTILE, 90, null, over(1, 'h'), null, null, false),
      of(SUM, null, over(24, 'h'), null),
      of(MAX, null, over(24, 'h'), null),
      new OfEvents(PERCENTILE, 90, null, over(24, 'h'), null, null, false),
      of(LATEST, null, last(50), null),
      of(MEAN, null, last(50), null),
      of(STDDEV, null, last(50), null),
      computed("z_score", "z_score", "latest", "mean", "stddev")),

  CARD_AT_MERCHANT(
      List.of("card.id", "merchant.id"),
      List.of("PAYMENT"),
      null,
      null,
      count("payments", over(90, 'd'), null),
      of(FIRST_AT, "first_payment", over(90, 'd'), null),
      computed("is_new", "is_new", "payments_90d")),

  ZONE_BALANCE(
      List.of("data.zone"),
      List.of(),
      null,
      null,
      new Open("open_requests", Open.How.COUNT, openRequests(), null),
      new Open("oldest_request", Open.How.OLDEST, openRequests(), null),
      new Open("idle_drivers", Open.How.COUNT, idleDrivers(), null),
      computed("requests_per_driver", "ratio", "open_requests", "idle_drivers")),

  DRIVER_OFFERS(
      List.of("data.driver.id"),
      List.of("offer.accepted", "offer.declined", "offer.expired"),
      null,
      null,
      count("offers", last(50), null),
      of(MEAN, "acceptance_rate", last(50), PlainInput.of(Kind.TYPE_IS, "offer.accepted"))),

  RIDER_CANCELLATIONS(
      List.of("data.rider.id"),
      List.of("ride.completed", "ride.cancelled"),
      null,
      null,
      count("rides", last(20), null),
      of(SUM, "cancellations", last(20), PlainInput.of(Kind.TYPE_IS, "ride.cancelled")));

  @SuppressWarnings("ImmutableEnumChecker") // nothing changes it
  private final PlainGroup plain;

  ExampleGroup(
      List<String> members,
      List<String> read,
      PlainInput value,
      PlainFilter filter,
      PlainFeature... features) {
    String group = name().toLowerCase(java.util.Locale.ROOT);
    this.plain =
        new PlainGroup(group, false, members, read, value, filter, null, List.of(features));
  }

  /** The names of its features, in the order they are declared. */
  public List<String> features() {
    return plain.features().stream().map(PlainFeature::name).toList();
  }

  /** Returns an oracle that has seen nothing yet. */
  public DeclarationOracle oracle(Duration timeToLive) {
    return new DeclarationOracle(plain, timeToLive.toMillis());
  }

  private static PlainWindow over(int number, char unit) {
    return PlainWindow.over(new PlainTime(number, unit), null);
  }

  private static PlainWindow last(int size) {
    return PlainWindow.last(size, null);
  }

  private static OfEvents count(String stem, PlainWindow window, PlainFilter filter) {
    return new OfEvents(COUNT, 0, stem, window, null, filter, false);
  }

  private static OfEvents of(What what, String stem, PlainWindow window, PlainInput input) {
    return new OfEvents(what, 0, stem, window, input, null, false);
  }

  private static Computed computed(String name, String how, String... of) {
    return new Computed(name, how, List.of(of));
  }

  private static PlainFilter status(String wanted) {
    return new PlainFilter.Text("status", Set.of(wanted), true);
  }

  private static PlainFilter atNight() {
    return new PlainFilter.Compare(PlainInput.of(Kind.HOUR_OF_DAY, "Europe/Madrid"), "<", 6);
  }

  private static PlainStatus openRequests() {
    PlainLifecycle ride = new PlainLifecycle("ride", "data.ride.id", Duration.ofHours(1));
    return new PlainStatus(
        new PlainStage(ride, "asked", List.of("ride.requested")),
        List.of(
            new PlainStage(ride, "served", List.of("ride.matched")),
            new PlainStage(ride, "given_up", List.of("ride.cancelled"))),
        30 * 60);
  }

  private static PlainStatus idleDrivers() {
    PlainLifecycle spell = new PlainLifecycle("spell", "data.spell.id", Duration.ofHours(1));
    return new PlainStatus(
        new PlainStage(spell, "begun", List.of("driver.idle")),
        List.of(new PlainStage(spell, "ended", List.of("ride.matched", "driver.off"))),
        12 * 3_600);
  }
}
