package dev.freshet.event;

import static dev.freshet.event.Judging.DURATIONS;
import static dev.freshet.event.Judging.created;
import static dev.freshet.event.Judging.delivery;
import static dev.freshet.event.Judging.judge;
import static dev.freshet.testing.TestEvents.NOON;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.result.DeadLetter;
import dev.freshet.stream.StreamRecord;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests records that are not quite events, and the kinds of buffers. */
class EventBytesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{}}",
        "{} {}",
        "[] 1",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":01}",
        "{\"a\":NaN}",
        "// c\n{}",
        "nul",
        "hello",
        "\uFEFF\uFEFF{}",
        "\uFEFF",
        "{\uFEFF}",
        "{\"a\":\"\t\"}",
        "𝠀"
      })
  void whatIsNotJsonIsInvalid(String text) {
    rejected(text.getBytes(UTF_8), Reason.NOT_JSON);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[{}]", "7", "-1.5e3", "\"x\"", "null", "true", "[[[[]]]]"})
  void jsonThatIsNotAnObjectIsInvalid(String text) {
    rejected(text.getBytes(UTF_8), Reason.NOT_AN_OBJECT);
  }

  @Test
  void anEventHasAtMost256KiB() {
    String json = delivery().toString();
    String padded = json + " ".repeat(256 * 1024 - json.length());
    assertThat(judge(DURATIONS, padded.getBytes(UTF_8))).isInstanceOf(Event.class);
    rejected((padded + " ").getBytes(UTF_8), Reason.TOO_LARGE);
  }

  @Test
  void otherEncodingsThanUtf8AreInvalid() {
    rejected(delivery().toString().getBytes(UTF_16BE), Reason.NOT_JSON);
    rejected(delivery().toString().getBytes(UTF_16LE), Reason.NOT_JSON);
  }

  @Test
  void aByteOrderMarkInFrontIsSkipped() {
    ParsedRecord plain = judge(DURATIONS, delivery().bytes());
    byte[] marked = ("\uFEFF" + delivery()).getBytes(UTF_8);
    assertThat(plain).isInstanceOf(Event.class);
    assertThat(judge(DURATIONS, marked)).usingRecursiveComparison().isEqualTo(plain);
    byte[] wide = (" ".repeat(5) + "\uFEFF" + delivery()).getBytes(UTF_8);
    ByteBuffer offset = ByteBuffer.wrap(wide, 5, wide.length - 5);
    assertThat(new EventParser(DURATIONS).parse("", offset, NOON))
        .usingRecursiveComparison()
        .isEqualTo(plain);
  }

  @Test
  void aRecordThatIsNotTextIsDescribed() {
    says(delivery().toString().getBytes(UTF_16), "the record is UTF-16: put it as UTF-8");
    says(("\uFEFF" + delivery()).getBytes(UTF_16LE), "the record is UTF-16: put it as UTF-8");
    says("{\"a\":\"é\"}".getBytes(ISO_8859_1), "not UTF-8: 9 bytes that start with 7b 22 61");
    says(new byte[] {(byte) 0xF3}, "not UTF-8: 1 bytes that start with f3");
  }

  @Test
  void anErrorInJsonNamesItsPlaceAndNotTheParser() {
    says(
        "{\"totalAmount\":NaN}",
        "byte 18, in 'totalAmount\":NaN}': a JSON object in UTF-8 expected");
    says("{\"a\":01}", "in '{\"a\":01}'");
    says("{\"a\":1}\n{}", "something follows the JSON document");
    says("{\"a\":1", "the JSON ends too early, after 6 bytes");
    says("{\"a\":\"" + "é".repeat(90) + "\", b}", "éééé");
    says("hello", "not JSON at byte");
    says("[" + "1,".repeat(90) + "1]", "must be a JSON object, not '[1,1,1,1,1,1,1,1,1,1,1,1,1,1");
  }

  private static void says(String json, String what) {
    says(json.getBytes(UTF_8), what);
  }

  private static void says(byte[] json, String what) {
    String detail = ((Rejection) judge(DURATIONS, json)).detail();
    assertThat(detail).contains(what).doesNotContain("Feature", "Source", "expecting");
  }

  @Test
  void brokenUtf8IsInvalidAnywhere() {
    for (String member : List.of("workerId", "unknown")) {
      byte[] json = delivery().with(member, "\"a?b\"").bytes();
      for (int broken : new int[] {0x80, 0xC3, 0xFF, 0xFE}) {
        json[new String(json, UTF_8).indexOf("a?b") + 1] = (byte) broken;
        rejected(json, Reason.NOT_JSON);
        json[indexOf(json, (byte) broken)] = '?';
      }
    }
  }

  private static int indexOf(byte[] bytes, byte wanted) {
    int i = 0;
    while (bytes[i] != wanted) {
      i++;
    }
    return i;
  }

  @Test
  void anUnknownMemberIsIgnoredHoweverDeepOrLong() {
    valid(delivery().with("deep", "[".repeat(100_000) + "]".repeat(100_000)).bytes());
    valid(delivery().with("deep", "{\"a\":".repeat(20_000) + "1" + "}".repeat(20_000)).bytes());
    valid(delivery().with("long", "1".repeat(200_000)).bytes());
    valid(delivery().with("long", "0." + "1".repeat(200_000)).bytes());
    valid(delivery().with("huge", "1e999999999").bytes());
    valid(delivery().with("long", '"' + "x".repeat(200_000) + '"').bytes());
    valid(delivery().with("n".repeat(200_000), "1").bytes());
    valid(delivery().with("nested", "{\"eventId\":[],\"workerId\":{}}").bytes());
  }

  @Test
  void absurdValuesOfNeededMembersAreRejected() {
    byte[] digits = created().with("totalAmount", "1".repeat(200_000)).bytes();
    assertThat(judge(Judging.AMOUNTS, digits)).isInstanceOf(Rejection.class);
    byte[] fraction = created().with("totalAmount", "0." + "1".repeat(200_000)).bytes();
    assertThat(judge(Judging.AMOUNTS, fraction)).isInstanceOf(Event.class);
    rejected(delivery().with("workerId", "1".repeat(200_000)).bytes(), Reason.WRONG_TYPE);
    rejected(delivery().with("occurredAt", "1".repeat(200_000)).bytes(), Reason.UNPARSABLE_TIME);
    rejected(delivery().with("itemId", "[".repeat(90) + "]".repeat(90)).bytes(), Reason.WRONG_TYPE);
  }

  @Test
  void manyDifferentMemberNamesDoNotSlowTheParser() {
    EventParser parser = new EventParser(DURATIONS);
    for (int i = 0; i < 30; i++) {
      StringBuilder json = new StringBuilder("{");
      for (int j = 0; j < 10_000; j++) {
        json.append("\"m").append(i * 10_000 + j).append("\":1,");
      }
      json.append(delivery().toString().substring(1));
      assertThat(parser.parse("", ByteBuffer.wrap(json.toString().getBytes(UTF_8)), NOON))
          .isInstanceOf(Event.class);
    }
  }

  @Test
  void anyKindOfBufferIsReadFromPositionToLimitAndNotMoved() {
    byte[] json = delivery().bytes();
    byte[] wide = new byte[json.length + 20];
    Arrays.fill(wide, (byte) '#');
    System.arraycopy(json, 0, wide, 7, json.length);
    ByteBuffer offset = ByteBuffer.wrap(wide, 7, json.length);
    ByteBuffer direct = ByteBuffer.allocateDirect(wide.length);
    direct.put(wide).position(7).limit(7 + json.length);
    List<ByteBuffer> buffers =
        List.of(offset, offset.slice(), offset.asReadOnlyBuffer(), direct, direct.slice());
    for (ByteBuffer buffer : buffers) {
      int position = buffer.position();
      assertThat(new EventParser(DURATIONS).parse("", buffer, NOON)).isInstanceOf(Event.class);
      assertThat(buffer.position()).isEqualTo(position);
      assertThat(buffer.remaining()).isEqualTo(json.length);
    }
  }

  @Test
  void garbageAlwaysGivesARejectionThatFitsADeadLetter() {
    long seed = 20_260_504;
    Random random = new Random(seed);
    List<Intake> groups = List.of(DURATIONS, Judging.AMOUNTS, Judging.STAGES);
    List<EventParser> parsers = groups.stream().map(EventParser::new).toList();
    for (int step = 0; step < 20_000; step++) {
      byte[] bytes = step % 4 == 0 ? anyBytes(random) : mutated(random);
      EventParser parser = parsers.get(step % parsers.size());
      try {
        ParsedRecord judgement = parser.parse("", ByteBuffer.wrap(bytes), NOON);
        if (judgement instanceof Rejection rejection) {
          assertThat(rejection.detail()).hasSizeLessThan(500).doesNotContain("\n");
          assertThat(letter(rejection, bytes)).isNotEmpty();
        }
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ", step " + step + ": " + hex(bytes), e);
      }
    }
  }

  private static byte[] letter(Rejection rejection, byte[] bytes) {
    StreamRecord record = new StreamRecord("s", "shard", "1", "key", ByteBuffer.wrap(bytes));
    return new DeadLetter(
            rejection.reason(),
            rejection.detail(),
            List.of("group"),
            record.stream(),
            record.shardId(),
            record.sequenceNumber(),
            OptionalInt.empty(),
            NOON,
            record.data())
        .toJson();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] anyBytes(Random random) {
    byte[] bytes = new byte[random.nextInt(40)];
    random.nextBytes(bytes);
    if (bytes.length > 1 && random.nextBoolean()) {
      bytes[0] = '{';
      bytes[1] = '"';
    }
    return bytes;
  }

  private static byte[] mutated(Random random) {
    byte[] bytes = (random.nextBoolean() ? delivery() : created().with("placeId", "-45")).bytes();
    byte[] signs = "{}[]\",:\\u-+.eE0159TZ\u00e9\ud834\udc00".getBytes(UTF_8);
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      boolean sign = random.nextBoolean();
      byte any = sign ? signs[random.nextInt(signs.length)] : (byte) random.nextInt(256);
      bytes[random.nextInt(bytes.length)] = any;
    }
    return random.nextInt(10) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }

  private static void rejected(byte[] json, Reason reason) {
    ParsedRecord judgement = judge(DURATIONS, json);
    assertThat(judgement).isInstanceOf(Rejection.class);
    Rejection rejection = (Rejection) judgement;
    assertThat(rejection.reason()).as(rejection.detail()).isEqualTo(reason);
    assertThat(rejection.detail()).isNotBlank().hasSizeLessThan(500);
    assertThat(letter(rejection, json)).isNotEmpty();
  }

  private static void valid(byte[] json) {
    assertThat(judge(DURATIONS, json)).isInstanceOf(Event.class);
  }
}
