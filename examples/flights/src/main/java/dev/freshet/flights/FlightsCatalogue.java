package dev.freshet.flights;

import dev.freshet.definition.Catalogue;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.FeatureService;
import java.util.List;

/** The feature groups of flights, by airport, route and in the whole network. */
public final class FlightsCatalogue implements Catalogue {

  @Override
  public String name() {
    return "flights";
  }

  @Override
  public List<FeatureGroup> groups() {
    return List.of(
        OriginHandler.DELAYS,
        OriginHandler.HISTORY,
        DestinationDelaysHandler.FEATURES,
        DestinationDeparturesHandler.FEATURES,
        RouteDelaysHandler.FEATURES,
        RouteHistoryHandler.FEATURES,
        RouteTimetableHandler.FEATURES,
        NetworkDelaysHandler.FEATURES);
  }

  @Override
  public List<FeatureService> services() {
    return List.of(DepartureDelayService.FEATURES);
  }
}
