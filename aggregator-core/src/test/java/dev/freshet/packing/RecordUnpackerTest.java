package dev.freshet.packing;

import static dev.freshet.testing.Packing.gzip;
import static dev.freshet.testing.Packing.kpl;
import static dev.freshet.testing.Packing.text;
import static dev.freshet.testing.Packing.withDigest;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordUnpackerTest {

  private static final String A = "{\"a\":\"x]}\\\"\"}";
  private static final String B = "{\"b\":[1,{\"c\":2}]}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1}",
        " {\"a\":1}\n",
        "{\"a\":1}\r\n\n \t",
        "{\n  \"a\": 1,\n  \"b\": {\n    \"c\": 2\n  }\n}\n",
        "{\n\"a\":1}\n{\"b\":2}",
        "{\"a\":1} {\"b\":2}\n{\"c\":3}",
        "{\"a\":1\n{\"b\":2}\n",
        "{\"a\":\"\n{}\n",
        "7\n8\n",
        "not json\n{\"a\":1}",
        "",
        "\n"
      })
  void whatDoesNotBeginWithAWholeObjectOnItsFirstLineIsOneEvent(String text)
      throws UnreadableException {
    ByteBuffer record = ByteBuffer.wrap(text(text));
    List<ByteBuffer> events = RecordUnpacker.unpack(record);
    assertThat(events).hasSize(1);
    assertThat(events.get(0)).as("no copy").isSameAs(record);
  }

  @Test
  void eachLineThatIsNotBlankIsAnEvent() throws UnreadableException {
    assertThat(unpack(text(A + "\n" + B))).containsExactly(A, B);
    assertThat(unpack(text("\n" + A + " \r\n\n  " + B + "\r\n" + "oops\n{\n")))
        .containsExactly(A, B, "oops", "{");
    assertThat(unpack(text("\uFEFF" + A + "\n" + B + "\n"))).containsExactly("\uFEFF" + A, B);
  }

  @Test
  void eachElementOfAnArrayIsAnEvent() throws UnreadableException {
    assertThat(unpack(text("[" + A + "," + B + "]"))).containsExactly(A, B);
    assertThat(unpack(text("\uFEFF \n[\n " + A + " ,\n[1,[2]], 7 , \"],\", nul\n]\n")))
        .containsExactly(A, "[1,[2]]", "7", "\"],\"", "nul");
    assertThat(unpack(text("[" + A + "]"))).containsExactly(A);
    assertThat(unpack(text("[]"))).isEmpty();
    assertThat(unpack(text(" [ \n ] "))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[", "[{}", "[{}, {", "[{\"a\":\"]", "[{}]x", "[{}][{}]", "[,]", "[{},,{}]"})
  void anArrayThatIsNotWholeCannotBeRead(String text) {
    unreadable(text(text), "JSON array");
  }

  @Test
  void aCommaTooManySaysWhere() {
    unreadable(text("[{},{},]"), "no element 3: a comma too many");
  }

  @Test
  void anyOfTheseMayBeCompressed() throws UnreadableException {
    assertThat(unpack(gzip(text(A)))).containsExactly(A);
    assertThat(unpack(gzip(text(A + "\n" + B + "\n")))).containsExactly(A, B);
    assertThat(unpack(gzip(text("[" + A + "," + B + "]")))).containsExactly(A, B);
    byte[] members = new byte[0];
    for (String each : List.of(A + "\n", B)) {
      byte[] member = gzip(text(each));
      int before = members.length;
      members = Arrays.copyOf(members, before + member.length);
      System.arraycopy(member, 0, members, before, member.length);
    }
    assertThat(unpack(members)).as("of several members").containsExactly(A, B);
  }

  @Test
  void damagedGzipCannotBeRead() {
    byte[] whole = gzip(text(A + "\n" + B));
    unreadable(Arrays.copyOf(whole, whole.length - 9), "damaged gzip");
    unreadable(Arrays.copyOf(whole, 2), "damaged gzip");
    byte[] changed = whole.clone();
    changed[whole.length - 6] ^= 1;
    unreadable(changed, "damaged gzip");
  }

  @Test
  void recordsOfTheKinesisProducerLibraryAreUnpacked() throws UnreadableException {
    assertThat(unpack(kpl(text(A), text(B)))).containsExactly(A, B);
    assertThat(unpack(kpl(text(A)))).containsExactly(A);
    assertThat(unpack(kpl())).isEmpty();
    assertThat(unpack(kpl(gzip(text(A + "\n" + B)), text("[1,2]"), text(B))))
        .containsExactly(A, B, "1", "2", B);
  }

  /** Spells the published format byte by byte: one partition key, two records. */
  @Test
  void aRecordOfTheKinesisProducerLibraryIsReadByItsPublishedFormat() throws UnreadableException {
    byte[] message =
        HexFormat.of()
            .parseHex(
                "0a026b31" // partition_key_table: "k1"
                    + "1a06"
                    + "0800"
                    + "1a027b7d" // records: key 0, data "{}"
                    + "1a0a"
                    + "0800"
                    + "1a065b7b7d2c375d"); // records: key 0, data "[{},7]"
    assertThat(unpack(withDigest(message))).containsExactly("{}", "{}", "7");
  }

  @Test
  void aDamagedRecordOfTheKinesisProducerLibraryCannotBeRead() {
    byte[] whole = kpl(text(A), text(B));
    unreadable(Arrays.copyOf(whole, whole.length - 1), "its checksum does not fit");
    unreadable(Arrays.copyOf(whole, 4), "its checksum does not fit");
    unreadable(Arrays.copyOf(whole, 19), "its checksum does not fit");
    byte[] changed = whole.clone();
    changed[20] ^= 1;
    unreadable(changed, "its checksum does not fit");
    unreadable(withDigest(HexFormat.of().parseHex("1a050800")), "not of its format");
    unreadable(withDigest(HexFormat.of().parseHex("1a020800")), "has no data");
    unreadable(withDigest(HexFormat.of().parseHex("0b")), "not of its format");
  }

  @Test
  void aRecordHoldsAtMost10000Events() throws UnreadableException {
    String most = "{}\n".repeat(10_000);
    assertThat(unpack(text(most))).hasSize(10_000);
    unreadable(text(most + "{}"), "more than 10,000 events");
    String elements = "[1" + ",1".repeat(9_999) + "]";
    assertThat(unpack(text(elements))).hasSize(10_000);
    unreadable(text(elements.replace("]", ",1]")), "more than 10,000 events");
    unreadable(kpl(text(elements), text("{}")), "more than 10,000 events");
    byte[][] records = new byte[10_001][];
    Arrays.fill(records, text("{}"));
    unreadable(kpl(records), "more than 10,000 events");
  }

  @Test
  void aRecordHasAtMost10MiBWhenDecompressed() throws UnreadableException {
    byte[] most = new byte[10 << 20];
    Arrays.fill(most, (byte) ' ');
    most[0] = '7';
    assertThat(unpack(gzip(most))).hasSize(1);
    unreadable(gzip(Arrays.copyOf(most, most.length + 1)), "more than 10 MiB");
    byte[] half = gzip(Arrays.copyOf(most, most.length / 2 + 1));
    unreadable(kpl(half, half), "more than 10 MiB");
  }

  @Test
  void aRecordIsPackedAtMostFourTimes() throws UnreadableException {
    byte[] packed = text(A);
    for (int i = 0; i < 3; i++) {
      packed = gzip(packed);
    }
    assertThat(unpack(packed)).containsExactly(A);
    unreadable(gzip(packed), "packed more than 4 times");
  }

  @Test
  void anyKindOfBufferIsReadFromPositionToLimitAndNotMoved() throws UnreadableException {
    byte[] json = text("##[" + A + "," + B + "]##");
    ByteBuffer heap = ByteBuffer.wrap(json, 2, json.length - 4);
    ByteBuffer direct = ByteBuffer.allocateDirect(json.length);
    direct.put(json).position(2).limit(json.length - 2);
    for (ByteBuffer each : List.of(heap, heap.slice(), heap.asReadOnlyBuffer(), direct)) {
      int position = each.position();
      assertThat(RecordUnpacker.unpack(each))
          .extracting(RecordUnpackerTest::string)
          .containsExactly(A, B);
      assertThat(each.position()).isEqualTo(position);
    }
    ByteBuffer one = ByteBuffer.wrap(text(A)).asReadOnlyBuffer();
    assertThat(RecordUnpacker.unpack(one))
        .extracting(RecordUnpackerTest::string)
        .containsExactly(A);
  }

  @Test
  void anyBytesAreUnpackedOrUnreadable() {
    long seed = 20_261_128;
    Random random = new Random(seed);
    List<byte[]> whole =
        List.of(
            text(A + "\n" + B),
            text("[" + A + "," + B + "]"),
            gzip(text(A + "\n" + B)),
            kpl(text(A), gzip(text(B))));
    for (int step = 0; step < 20_000; step++) {
      byte[] harmed = whole.get(step % whole.size()).clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        harmed[random.nextInt(harmed.length)] = (byte) random.nextInt();
      }
      byte[] bytes = Arrays.copyOf(harmed, harmed.length - random.nextInt(harmed.length) / 4);
      try {
        assertThat(RecordUnpacker.unpack(ByteBuffer.wrap(bytes))).hasSizeLessThan(20);
      } catch (UnreadableException e) {
        assertThat(e.getMessage()).hasSizeBetween(1, 200).doesNotContain("\n");
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ", step " + step, e);
      }
    }
  }

  private static void unreadable(byte[] record, String mentions) {
    assertThatThrownBy(() -> RecordUnpacker.unpack(ByteBuffer.wrap(record)))
        .isInstanceOf(UnreadableException.class)
        .hasMessageContaining(mentions);
  }

  private static List<String> unpack(byte[] record) throws UnreadableException {
    return RecordUnpacker.unpack(ByteBuffer.wrap(record)).stream()
        .map(RecordUnpackerTest::string)
        .toList();
  }

  private static String string(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return new String(bytes, UTF_8);
  }
}
