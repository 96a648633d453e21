package dev.freshet.flights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.Catalogue;
import org.junit.jupiter.api.Test;

class CatalogueTest {

  @Test
  void theClassPathHasThisCatalogueAlone() {
    assertThat(Catalogue.load()).isInstanceOf(FlightsCatalogue.class);
  }
}
