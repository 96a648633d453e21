package dev.freshet.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.Catalogue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("verify")
class DeployedCatalogueTest {

  @Test
  void theFunctionsServeTheGroupsOfTheCatalogue() {
    assertThat(Declared.groups()).containsExactlyInAnyOrderElementsOf(Catalogue.load().groups());
  }
}
