package dev.freshet.lambdas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServicesTest {

  @Test
  void anArrivalIsOneRowOfAStoreAndItsCity() {
    assertThat(new OrdersCatalogue().service("arrival_time").dimensions())
        .containsExactly("store", "city");
  }

  @Test
  void aRankingHasARowForEachStoreOfTheCustomersCity() {
    assertThat(new OrdersCatalogue().service("store_ranking").dimensions())
        .containsExactly("customer", "store", "city");
  }
}
