package dev.freshet.authoring.scaffold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CatalogueSourceTest {

  private static final String TEXT = "    return List.of(\n%s);\n";
  private static final String TWO = "        BHandler.FEATURES,\n        DHandler.FEATURES";

  @Test
  void aGroupIsListedAtTheStartInTheMiddleOrAtTheEnd() {
    String text = TEXT.formatted(TWO);

    assertThat(CatalogueSource.with("AHandler", text))
        .isEqualTo(TEXT.formatted("        AHandler.FEATURES,\n" + TWO));
    assertThat(CatalogueSource.with("CHandler", text))
        .isEqualTo(TEXT.formatted(TWO.replace("\n", "\n        CHandler.FEATURES,\n")));
    assertThat(CatalogueSource.with("EHandler", text))
        .isEqualTo(TEXT.formatted(TWO + ",\n        EHandler.FEATURES"));
  }

  @Test
  void aClassWithoutTheListIsLeftToItsAuthor() {
    assertThatThrownBy(() -> CatalogueSource.with("AHandler", "class OrdersCatalogue {}"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("add AHandler.FEATURES to it yourself");
  }
}
