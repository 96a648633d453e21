package dev.freshet.replay.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventFileReaderTest {

  private static final String A = "{\"id\":\"a\",\"x\":[1,{\"y\":\"}{\\\"\"}]}";
  private static final String B = "{\"id\":\"b\"}";
  private static final String C = "{\"id\":\"c\",\"deep\":{\"z\":[[],{}]}}";
  private static final String MARK = "\uFEFF";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A\nB\nC\n",
        "A\r\nB\r\n\r\nC",
        "ABC",
        "A B\tC",
        "A,\nB,\nC",
        "[A,B,C]",
        "[\n  A,\n  B,\n  C\n]\n",
        "[A]\n[B,C]\n",
        "[A,B][C]",
        "MA\nMB\nMC\n",
        "MAMB\nMC",
        "M[A,B]\nM[C]",
      })
  void objectsAreReadHoweverTheyStand(String shape) throws IOException {
    String text = shape.replace("A", A).replace("B", B).replace("C", C).replace("M", MARK);
    assertThat(texts(text)).containsExactly(A, B, C);
  }

  @Test
  void anObjectMayTakeSeveralLines() throws IOException {
    String pretty = "{\n  \"id\": \"a\",\n  \"x\": [\n    {\n\"y\": 1\n},\n    2\n  ]\n}";
    String flat = "{\n\"id\":\n{\n\"x\":[\n{\n},\n{\n}\n]\n}\n}";
    assertThat(texts(pretty + "\n" + flat + "\n" + B)).containsExactly(pretty, flat, B);
    assertThat(texts("[" + pretty + ",\n" + pretty + "\n]")).containsExactly(pretty, pretty);
  }

  @Test
  void placesAreLinesAndEventsWithin() throws IOException {
    String text = "\n" + A + "\n" + B + C + "\n{\n}" + A + "\nno event\n" + B;
    assertThat(read(text))
        .extracting(each -> each.place().toString())
        .containsExactly(
            "line 2", "line 3", "line 3 event 2", "line 4", "line 5", "line 6", "line 7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no event",
        "7",
        "\"text\"",
        "{\"id\":5",
        "{\"id\":",
        "{\"id\":[",
        "{\"id\":[1,",
        "{\"id\":5,",
        "{\"id\":[{\"x\":",
        "{\"id",
        "{\"id\":\"5",
        "{\"id\":\"5\\",
        "{\"x\":[1,}",
        "{\"x\":{]}",
        "{",
        "}",
        "\u0000\u0000{\u0000",
        "id,{\"x\":1},\"y\"",
        "2026-01-01 INFO {\"id\":\"z\"}",
      })
  void whatIsBrokenTakesNoOtherLineAlong(String broken) throws IOException {
    assertThat(texts(A + "\n" + broken + "\n" + B + "\n" + C)).containsExactly(A, broken, B, C);
    assertThat(texts(broken + "\r\n" + B + "\r\n" + C)).containsExactly(broken, B, C);
    assertThat(texts(B + "\n" + broken)).containsExactly(B, broken);
    assertThat(read(A + "\n" + broken + "\n" + B + "\n" + C))
        .extracting(each -> each.place().toString())
        .containsExactly("line 1", "line 2", "line 3", "line 4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"id\":5", "{\"id\":\"5", "{\"id\":[1,}", "{\"id\":5,"})
  void whatIsBrokenWithoutLineFeedsEndsAtALaterObject(String broken) throws IOException {
    List<String> texts = texts(A + broken + B + C);
    assertThat(texts).startsWith(A).endsWith(C);
    assertThat(String.join("", texts)).isEqualTo(A + broken + B + C);
  }

  @Test
  void whatIsNoObjectInAnArrayTakesNoOtherAlong() throws IOException {
    assertThat(texts("[" + A + ",null," + B + ",[7]," + C + "]"))
        .containsExactly(A, "null,", B, "7],", C);
  }

  @Test
  void anEventOverOneMebibyteIsSetAsideWithItsSize() throws IOException {
    String fits = padded(RawEvent.MOST_BYTES);
    String over = padded(RawEvent.MOST_BYTES + 1);
    String far = padded(5_000_000);
    List<RawEvent> events = read(fits + over + "\n" + far + "\n" + B);
    assertThat(events).extracting(RawEvent::isSetAside).containsExactly(false, true, true, false);
    assertThat(events)
        .extracting(RawEvent::size)
        .containsExactly((1L << 20), (1L << 20) + 1, 5_000_000L, (long) B.length());
    assertThat(events.get(0).bytes()).isEqualTo(fits.getBytes(UTF_8));
    assertThat(events.get(2).place()).hasToString("line 2");
  }

  @Test
  @Tag("verify")
  void anEndlessEventIsNotHeld() throws IOException {
    long all = 3L << 30;
    InputStream endless =
        new InputStream() {
          private long left = all;

          @Override
          public int read() {
            throw new UnsupportedOperationException();
          }

          @Override
          public int read(byte[] target, int offset, int length) {
            int given = (int) Math.min(left, length);
            Arrays.fill(target, offset, offset + given, (byte) 'x');
            left -= given;
            return given == 0 ? -1 : given;
          }
        };
    InputStream text =
        new SequenceInputStream(new ByteArrayInputStream("{\"x\":\"".getBytes(UTF_8)), endless);
    try (EventFileReader reader = new EventFileReader("endless", text)) {
      assertThat(reader.next().size()).isEqualTo(all + 6);
      assertThat(reader.next()).isNull();
    }
  }

  @Test
  void eventsAreTheSameHoweverTheBytesArrive() throws IOException {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      List<String> events = new ArrayList<>();
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(30); i >= 0; i--) {
        String event = random.nextInt(20) == 0 ? padded(70_000 + i) : random.nextBoolean() ? A : C;
        events.add(event);
        text.append(event).append(List.of("", "\n", "\r\n", ", ", MARK).get(random.nextInt(5)));
      }
      assertThat(texts(inPieces(text.toString(), random))).as("seed %d", seed).isEqualTo(events);
    }
  }

  @Test
  @Tag("verify")
  void mutatedFilesLoseNoByteAndEnd() throws IOException {
    for (int seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder(A + "\n" + B + "\n" + C + "\n" + A + "\n" + B);
      for (int i = random.nextInt(4); i >= 0; i--) {
        String sign =
            List.of("{", "}", "[", "]", "\"", "\n", ",", ":", "\\", "").get(random.nextInt(10));
        int at = random.nextInt(text.length());
        text.replace(at, at + random.nextInt(2), sign);
      }
      String blanks = "[\\s,\\[\\]]";
      assertThat(String.join("", texts(text.toString())).replaceAll(blanks, ""))
          .as("seed %d: %s", seed, text)
          .isEqualTo(text.toString().replaceAll(blanks, ""));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n \r\n", "[]", MARK})
  void aFileMayHoldNothing(String text) throws IOException {
    assertThat(texts(text)).isEmpty();
  }

  private static String padded(int length) {
    return "{\"x\":\"" + "x".repeat(length - 8) + "\"}";
  }

  private static List<String> texts(String text) throws IOException {
    return texts(new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  private static List<String> texts(InputStream bytes) throws IOException {
    return read(bytes).stream().map(each -> new String(each.bytes(), UTF_8)).toList();
  }

  private static List<RawEvent> read(String text) throws IOException {
    return read(new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  private static List<RawEvent> read(InputStream bytes) throws IOException {
    List<RawEvent> events = new ArrayList<>();
    try (EventFileReader reader = new EventFileReader("f", bytes)) {
      for (RawEvent event = reader.next(); event != null; event = reader.next()) {
        events.add(event);
      }
    }
    return events;
  }

  private static InputStream inPieces(String text, Random random) {
    return new ByteArrayInputStream(text.getBytes(UTF_8)) {
      @Override
      public synchronized int read(byte[] target, int offset, int length) {
        return super.read(target, offset, Math.min(length, 1 + random.nextInt(40_000)));
      }
    };
  }
}
