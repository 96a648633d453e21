package dev.freshet.fold;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.testing.HostileIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/** Tests that compact snapshots are read unchanged. */
class SnapshotCodingTest {

  private static final String UUID_TEXT = "123e4567-e89b-12d3-a456-426614174000";

  @Test
  void numbersOfAllSizesAreReadBack() {
    for (long number : numbers()) {
      assertThat(back(out -> out.number(number), SnapshotReader::number)).isEqualTo(number);
      assertThat(back(out -> out.signed(number), SnapshotReader::signed)).isEqualTo(number);
    }
  }

  /** A decimal of 10¹² has 18 digits. */
  @Test
  void valuesOfAllSizesAreReadBack() {
    for (long number : numbers()) {
      long value = number == Occurrence.NO_VALUE ? number : number % 1_000_000_000_000_000_001L;
      assertThat(back(out -> out.value(value), SnapshotReader::value)).isEqualTo(value);
    }
  }

  @Test
  void smallNumbersTakeFewBytes() {
    assertThat(new SnapshotWriter(0).number(127).toBytes()).hasSize(1);
    assertThat(new SnapshotWriter(0).signed(-64).toBytes()).hasSize(1);
    assertThat(new SnapshotWriter(0).value(31_000).toBytes()).hasSize(1);
    assertThat(new SnapshotWriter(0).value(-4_095_000).toBytes()).hasSize(2);
  }

  @Test
  void idsAreReadBackAfterAnyOtherId() {
    for (int seed = 1; seed <= 200; seed++) {
      Random random = new Random(seed);
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        ids.add(id(random, ids));
      }
      assertThat(back(ids)).as("seed %d", seed).isEqualTo(ids);
    }
  }

  @Test
  void everyPairOfHostileIdsIsReadBack() {
    List<String> ids = new ArrayList<>(HostileIds.ALL);
    ids.addAll(List.of("", UUID_TEXT, UUID_TEXT.toUpperCase(Locale.ROOT), "x".repeat(254)));
    ids.addAll(List.of("y".repeat(1_024), "x".repeat(300) + "y".repeat(300)));
    for (String first : ids) {
      for (String second : ids) {
        List<String> three = List.of(first, second, first);
        assertThat(back(three)).isEqualTo(three);
      }
    }
  }

  @Test
  void onlyAUuidInLowerCaseIsPacked() {
    assertThat(bytes(UUID_TEXT)).isEqualTo(17);
    List<String> alike =
        List.of(
            UUID_TEXT.toUpperCase(Locale.ROOT),
            UUID_TEXT.replace('a', 'A'),
            UUID_TEXT.replace('a', 'g'),
            UUID_TEXT.replace('-', '_'),
            UUID_TEXT.replace("-", ""),
            "1" + UUID_TEXT,
            UUID_TEXT.substring(1),
            UUID_TEXT.substring(0, 35) + "é");
    alike.forEach(each -> assertThat(bytes(each)).as(each).isGreaterThan(20));
    assertThat(back(alike)).isEqualTo(alike);
  }

  @Test
  void idsThatStartOrEndAlikeTakeOnlyTheDifference() {
    SnapshotWriter out = new SnapshotWriter(0);
    out.id("item-1234567-eu".getBytes(UTF_8));
    int before = out.toBytes().length;
    assertThat(out.id("item-1234568-eu".getBytes(UTF_8)).toBytes().length - before).isEqualTo(4);
  }

  private static long[] numbers() {
    List<Long> numbers = new ArrayList<>();
    Random random = new Random(3);
    for (int bits = 0; bits < Long.SIZE; bits++) {
      for (long near = -2; near <= 2; near++) {
        numbers.add((1L << bits) + near);
        numbers.add(-(1L << bits) + near);
        numbers.add(((1L << bits) + near) / 1_000 * 1_000);
      }
      numbers.add(random.nextLong() >> bits);
    }
    for (long i = -30; i <= 30; i++) {
      numbers.add(i * 100);
      numbers.add(i * 500_000_000_000_010L);
    }
    numbers.addAll(List.of(Long.MIN_VALUE, Long.MIN_VALUE + 1, Long.MAX_VALUE, 0L));
    return numbers.stream().mapToLong(Long::longValue).toArray();
  }

  private static long back(LongWriter write, ToLongFunction<SnapshotReader> read) {
    SnapshotWriter out = new SnapshotWriter(0);
    write.to(out);
    byte[] bytes = out.small(99).toBytes();
    SnapshotReader in = new SnapshotReader(bytes, 0, bytes.length);
    long number = read.applyAsLong(in);
    assertThat(in.small()).as("what follows").isEqualTo(99);
    assertThat(in.remaining()).isZero();
    return number;
  }

  private interface LongWriter {
    void to(SnapshotWriter out);
  }

  private static List<String> back(List<String> ids) {
    SnapshotWriter out = new SnapshotWriter(0);
    ids.forEach(id -> out.id(id.getBytes(UTF_8)).text(id));
    byte[] bytes = out.toBytes();
    SnapshotReader in = new SnapshotReader(bytes, 0, bytes.length);
    List<String> read = new ArrayList<>();
    for (String id : ids) {
      read.add(new String(in.id(), UTF_8));
      assertThat(in.text()).isEqualTo(id);
    }
    assertThat(in.remaining()).isZero();
    return read;
  }

  private static int bytes(String id) {
    return new SnapshotWriter(0).id(id.getBytes(UTF_8)).toBytes().length;
  }

  /** Returns an id of any kind; often one that starts or ends like another. */
  private static String id(Random random, List<String> before) {
    List<LongFunction<String>> kinds =
        List.of(
            any -> "item-" + random.nextInt(1_000),
            any -> UUID.nameUUIDFromBytes(new byte[] {(byte) any}).toString(),
            any -> new UUID(any, any).toString().toUpperCase(Locale.ROOT),
            any -> "é".repeat(random.nextInt(130)) + any,
            any -> "x".repeat(random.nextInt(257)) + "y".repeat(random.nextInt(257)),
            any -> HostileIds.ALL.get(random.nextInt(HostileIds.ALL.size())),
            any -> "");
    if (!before.isEmpty() && random.nextInt(3) == 0) {
      String other = before.get(random.nextInt(before.size()));
      return random.nextBoolean() ? other : other + "!" + other;
    }
    return kinds.get(random.nextInt(kinds.size())).apply(random.nextLong());
  }
}
