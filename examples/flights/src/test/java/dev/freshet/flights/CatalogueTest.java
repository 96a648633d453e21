package dev.freshet.flights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.Catalogue;
import org.junit.jupiter.api.Test;

class CatalogueTest {

  @Test
  void theClassPathHasThisCatalogueAlone() {
    assertThat(Catalogue.load()).isInstanceOf(FlightsCatalogue.class);
  }

  @Test
  void aFlightIsOneRowOfItsRouteItsAirportsAndTheNetwork() {
    assertThat(Catalogue.load().service("departure_delay").dimensions())
        .containsExactly("route", "origin", "destination", "network");
  }
}
