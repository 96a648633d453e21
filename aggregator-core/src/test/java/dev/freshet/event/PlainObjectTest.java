package dev.freshet.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlainObjectTest {

  private static final List<String> NAMES =
      List.of("id", "amount", "at", "tableId", "日", "a.b", "a.c.d", "at.x");
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          " ",
          "\n",
          "\t",
          "\"",
          "\\",
          "\\u0041",
          "\"id\"",
          "\"at\"",
          "\"amount\"",
          "\"other\"",
          "\"a\"",
          "\"b\"",
          "\"日\"",
          "\"?\"",
          "\"\"",
          "0",
          "-",
          "7",
          "-0",
          "1.50",
          ".",
          "1e5",
          "00",
          "true",
          "false",
          "null",
          "nul",
          "é",
          "\u0001",
          "\u007f",
          "\"x y\"",
          "\"id\":\"7\"",
          "\"amount\":12",
          "\"a\":1",
          "\"tableId\":\"t-1\"",
          "//");

  private static final List<String> VALUES =
      List.of(
          "\"t\"",
          "-3",
          "2.5",
          "true",
          "null",
          "{}",
          "{\"b\":2}",
          "{\"c\":{\"d\":\"e\",\"b\":false}}",
          "{\"x\":{\"id\":3},\"c\":null}");

  private final Members members = new Members();
  private final List<Member> wanted = NAMES.stream().map(members::member).toList();
  private int plain;

  @Test
  void readsAPlainObjectLikeAnyParser() throws IOException {
    check("{\"id\":\"e-1\",\"amount\":-12.50,\"x\":true,\"at\" : null , \"tableId\":7}");
    check(" {} ");
    check("{\"id\":false,\"id\":\"the last counts\"}");
    check("{\"id\":\"\",\"other\":\"~ !\"}\n");
    assertThat(plain).isEqualTo(4);
  }

  @Test
  void readsObjectsInObjectsLikeAnyParser() throws IOException {
    check("{\"a\":{\"b\":1, \"c\" : {\"d\":\"x\"}},\"x\":{\"id\":2,\"y\":{}}}");
    check("{\"a\":{\"b\":1},\"a\":{\"the last counts\":1}}");
    check("{\"a\":{\"b\":1},\"a\":null}");
    check("{\"at\":{\"x\":1},\"id\":{\"x\":1}}");
    check("{\"at\":{\"x\":1},\"at\":null}");
    assertThat(plain).isEqualTo(5);
  }

  @Test
  void leavesToTheParserWhateverIsUnusual() throws IOException {
    for (String json :
        List.of(
            "[]",
            "7",
            "",
            "{",
            "{\"id\":}",
            "{\"id\":01}",
            "{\"id\":1.}",
            "{\"id\":-}",
            "{,}",
            "{\"id\":1e5}",
            "{\"id\":\"\\n\"}",
            "{\"id\":\"é\"}",
            "{\"x\":[1]}",
            "{\"a\":1}",
            "{\"a\":{\"b\":[]}}",
            "{\"a\":{\"b\":1}",
            "{\"a\":{\"c\":\"x\"}}",
            "{".repeat(40),
            "{\"x\":".repeat(40) + "1" + "}".repeat(40),
            "{\"id\":1}}",
            "{\"id\":1,}",
            "{\"id\":tru}",
            "{\"id\" 1}",
            "{\"id\":1 \"at\":2}",
            "{id:1}",
            "{\"id\":\"\u007f\"}",
            "{\"id\":\"a\nb\"}")) {
      check(json);
    }
    assertThat(plain).isZero();
  }

  @Test
  void agreesWithTheParserOnRandomText() throws IOException {
    long seed = System.nanoTime();
    System.out.println("PlainObjectTest seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 200_000; i++) {
      check(random.nextBoolean() ? document(random) : soup(random));
    }
    assertThat(plain).isBetween(20_000, 180_000);
  }

  private static String soup(Random random) {
    StringBuilder text = new StringBuilder(random.nextBoolean() ? "{" : "");
    for (int i = random.nextInt(8); i >= 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.append(random.nextBoolean() ? "}" : "").toString();
  }

  /** Returns an object of some members, one in two with a piece too much or a character less. */
  private static String document(Random random) {
    StringBuilder text = new StringBuilder("{");
    for (int i = random.nextInt(5); i >= 0; i--) {
      String name =
          NAMES.get(random.nextInt(NAMES.size())).replace("日", "?").replaceAll("\\..*", "");
      String value = VALUES.get(random.nextInt(VALUES.size()));
      text.append('"').append(name).append("\":").append(value).append(i == 0 ? "}" : ",");
    }
    int place = random.nextInt(text.length());
    return switch (random.nextInt(4)) {
      case 0 -> text.insert(place, PIECES.get(random.nextInt(PIECES.size()))).toString();
      case 1 -> text.deleteCharAt(place).toString();
      default -> text.toString();
    };
  }

  /** Compares with the parser if the text is read as a plain object. */
  private void check(String text) throws IOException {
    byte[] data = (" " + text + "}").getBytes(UTF_8);
    MemberValues values = new MemberValues(NAMES.size());
    if (members.readPlain(data, 1, data.length - 2, values)) {
      plain++;
      assertThatCode(() -> members.parseAny(data, 1, data.length - 2))
          .describedAs(text)
          .doesNotThrowAnyException();
      MemberValues expected = members.parseAny(data, 1, data.length - 2);
      for (Member each : wanted) {
        assertThat(shown(values, each)).describedAs(text).isEqualTo(shown(expected, each));
      }
    }
  }

  private static String shown(MemberValues values, Member member) {
    int index = member.index();
    return "%s %s %s %s %s %s"
        .formatted(
            values.isAbsent(index),
            values.isString(index),
            values.isInteger(index),
            values.isNumber(index),
            values.isTrue(index),
            values.isAbsent(index) ? "" : values.text(index));
  }
}
