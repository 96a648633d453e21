package dev.freshet.examples;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.mean;
import static dev.freshet.definition.Aggregates.sum;
import static dev.freshet.definition.Derived.ratio;
import static dev.freshet.definition.Status.open;
import static dev.freshet.definition.Window.last;
import static dev.freshet.definition.Window.lookBack;
import static dev.freshet.input.Input.typeIs;

import dev.freshet.definition.Entity;
import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.Lifecycle;
import dev.freshet.definition.Stage;
import dev.freshet.definition.Status;
import dev.freshet.format.EventFormat;
import java.time.Duration;
import java.util.List;

/**
 * Rides for models of prices and matching, from streams of CloudEvents. A driver is idle many times
 * a day, so events name each idle spell, and its zone to the end.
 */
public final class RideHailing {

  private static final EventFormat FORMAT = EventFormat.cloudEvents();

  public static final EventType REQUESTED = new EventType("ride.requested", "rides", FORMAT);
  public static final EventType MATCHED = new EventType("ride.matched", "rides", FORMAT);
  public static final EventType CANCELLED = new EventType("ride.cancelled", "rides", FORMAT);
  public static final EventType COMPLETED = new EventType("ride.completed", "rides", FORMAT);

  public static final EventType IDLE = new EventType("driver.idle", "drivers", FORMAT);
  public static final EventType OFF = new EventType("driver.off", "drivers", FORMAT);

  public static final EventType ACCEPTED = new EventType("offer.accepted", "offers", FORMAT);
  public static final EventType DECLINED = new EventType("offer.declined", "offers", FORMAT);
  public static final EventType EXPIRED = new EventType("offer.expired", "offers", FORMAT);

  private static final Entity ZONE = Entity.named("zone").by("data.zone");
  private static final Entity DRIVER = Entity.named("driver").by("data.driver.id");
  private static final Entity RIDER = Entity.named("rider").by("data.rider.id");

  private static final Lifecycle RIDE = Lifecycle.named("ride").by("data.ride.id");
  private static final Stage ASKED = RIDE.stage("asked", REQUESTED);
  private static final Stage SERVED = RIDE.stage("served", MATCHED);
  private static final Stage GIVEN_UP = RIDE.stage("given_up", CANCELLED);

  private static final Lifecycle SPELL = Lifecycle.named("spell").by("data.spell.id");
  private static final Stage BEGUN = SPELL.stage("begun", IDLE);
  private static final Stage ENDED = SPELL.stage("ended", MATCHED, OFF);

  private static final Status OPEN_REQUESTS =
      open("open_requests").since(ASKED).until(SERVED, GIVEN_UP);
  private static final Status IDLE_DRIVERS = open("idle_drivers").since(BEGUN).until(ENDED);

  /** Demand and supply of a zone. */
  public static final FeatureGroup BALANCE =
      FeatureGroup.named("zone_balance")
          .dimension(ZONE)
          .over(
              lookBack(Duration.ofMinutes(30)),
              OPEN_REQUESTS,
              OPEN_REQUESTS.oldest("oldest_request"))
          .over(lookBack(Duration.ofHours(12)), IDLE_DRIVERS)
          .derive(ratio("requests_per_driver", "open_requests", "idle_drivers"))
          .build();

  /** How willing a driver is. */
  public static final FeatureGroup OFFERS =
      FeatureGroup.named("driver_offers")
          .dimension(DRIVER)
          .reads(ACCEPTED, DECLINED, EXPIRED)
          .over(last(50), count("offers"), mean().of(typeIs(ACCEPTED)).as("acceptance_rate"))
          .build();

  /** How often a rider cancels. */
  public static final FeatureGroup CANCELLATIONS =
      FeatureGroup.named("rider_cancellations")
          .dimension(RIDER)
          .reads(COMPLETED, CANCELLED)
          .over(last(20), count("rides"), sum().of(typeIs(CANCELLED)).as("cancellations"))
          .build();

  public static final List<FeatureGroup> GROUPS = List.of(BALANCE, OFFERS, CANCELLATIONS);

  private RideHailing() {}
}
