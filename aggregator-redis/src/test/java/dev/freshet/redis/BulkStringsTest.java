package dev.freshet.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BulkStringsTest {

  private final BulkStrings texts = new BulkStrings();

  @Test
  void writesTextsInTheProtocolOfRedis() {
    texts.add("SET");
    texts.add(new byte[] {'a', '\r', '\n'});
    texts.add("");
    texts.add("é日😀");
    assertThat(written()).isEqualTo("$3\r\nSET\r\n$3\r\na\r\n\r\n$0\r\n\r\n$9\r\né日😀\r\n");
    assertThat(texts.count()).isEqualTo(4);
  }

  @Test
  void writesTheDigitsOfNumbers() {
    StringBuilder expected = new StringBuilder();
    for (long number :
        List.of(
            0L,
            9L,
            10L,
            -1L,
            -10L,
            1_777_896_000_000_002L,
            999_999_999_999_999_999L,
            1_000_000_000_000_000_000L,
            Long.MAX_VALUE,
            -Long.MAX_VALUE,
            Long.MIN_VALUE)) {
      texts.add(number);
      String digits = Long.toString(number);
      expected.append('$').append(digits.length()).append("\r\n").append(digits).append("\r\n");
    }
    assertThat(written()).isEqualTo(expected.toString());
  }

  @Test
  void growsWithLongTexts() {
    String text = "x".repeat(100_000);
    texts.add("a");
    texts.add(text);
    texts.add(text.substring(1) + "é");
    assertThat(written())
        .isEqualTo(
            "$1\r\na\r\n$100000\r\n" + text + "\r\n$100001\r\n" + text.substring(1) + "é\r\n");
  }

  private String written() {
    return new String(texts.bytes(), 0, texts.length(), UTF_8);
  }
}
