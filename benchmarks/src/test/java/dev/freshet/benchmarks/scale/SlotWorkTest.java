package dev.freshet.benchmarks.scale;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lettuce.core.cluster.SlotHash;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class SlotWorkTest {

  private static final EntityShares TWO_CITIES = new EntityShares("city", "C", 2, 1);

  @Test
  void theWorkOfAnEntityFallsOnTheSlotsOfItsKeys() {
    GroupWork work = new GroupWork("city_demand", TWO_CITIES, 3, 6);
    SlotWork slots = new SlotWork(List.of(work));
    for (int masters : new int[] {2, 64, 1_000}) {
      assertThat(slots.stateShare(masters))
          .isCloseTo(share(masters, stateSlot("C0"), stateSlot("C1")), within(1e-9));
      assertThat(slots.featureShare(masters))
          .isCloseTo(
              share(
                  masters,
                  SlotHash.getSlot("features:city:C0"),
                  SlotHash.getSlot("features:city:C1")),
              within(1e-9));
    }
    assertThat(slots.stateShare(1)).isEqualTo(1);
  }

  /** By Zipf's law with exponent 1, the first of two cities has two thirds. */
  private static double share(int masters, int first, int second) {
    return first * masters / SlotHash.SLOT_COUNT == second * masters / SlotHash.SLOT_COUNT
        ? 1
        : 2 / 3.0;
  }

  private static int stateSlot(String city) {
    CRC32 crc = new CRC32();
    crc.update(city.getBytes(UTF_8));
    return SlotHash.getSlot("state:{city_demand/%d}:%s".formatted(crc.getValue() % 64, city));
  }

  @Test
  void groupsCountByTheWorkThatTheyMake() {
    EntityShares one = new EntityShares("city", "C", 1, 0);
    SlotWork slots =
        new SlotWork(List.of(new GroupWork("heavy", one, 9, 1), new GroupWork("light", one, 1, 3)));
    assertThat(slots.busiestStateSlot()).isCloseTo(0.9, within(1e-9));
    assertThat(slots.featureShare(1_000)).as("of one entity, so of one key").isEqualTo(1);
  }

  @Test
  void allEventsOfAGroupAreInItsPartitions() {
    for (EntityShares entities :
        List.of(
            TWO_CITIES, new EntityShares("store", "", 10_000, 0.6), EntityShares.of("city", 0))) {
      double[] partitions = new GroupWork("any", entities, 1, 1).partitions();
      assertThat(partitions).hasSize(64);
      assertThat(DoubleStream.of(partitions).sum()).isCloseTo(1, within(1e-9));
    }
  }

  @Test
  void partitionsAreAsUnevenAsTheirEntities() {
    assertThat(new GroupWork("any", new EntityShares("city", "C", 1, 0), 1, 1).unevenness())
        .isEqualTo(64);
    assertThat(new GroupWork("any", new EntityShares("store", "", 100_000, 0), 1, 1).unevenness())
        .isBetween(1.0, 1.2);
  }
}
