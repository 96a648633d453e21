package dev.freshet.flights;

import dev.freshet.definition.FeatureService;
import java.time.Duration;

/** The features of a model that says how late a flight will leave. */
final class DepartureDelayService {

  static final FeatureService FEATURES =
      FeatureService.named("departure_delay")
          .describedAs(
              "How many minutes late a flight leaves: its route, its airports, all flights.")
          .reads(
              RouteTimetableHandler.FEATURES,
              "earlier_delay_2h_after_1d",
              "later_delay_2h_after_22h",
              "earlier_delay_2h_after_7d")
          .reads(RouteDelaysHandler.FEATURES, "mean", "mean_7d", "ewma")
          .reads(OriginHandler.DELAYS, "mean_1h", "late_share_2h", "mean_3h")
          .reads(OriginHandler.DELAYS, "departed_1h", "scheduled_1h", "undeparted")
          .orElse(0)
          .reads(OriginHandler.HISTORY, "mean_30d", "late_share_30d")
          .reads(DestinationDelaysHandler.FEATURES, "mean_1h", "mean_3h")
          .reads(DestinationDeparturesHandler.FEATURES, "mean_1h")
          .reads(NetworkDelaysHandler.FEATURES, "mean_1h", "late_share_2h")
          .noOlderThan(Duration.ofMinutes(10))
          .build();

  private DepartureDelayService() {}
}
