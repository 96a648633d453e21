package dev.freshet.letters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.stream.OutgoingRecord;
import dev.freshet.stream.RecordSink;
import dev.freshet.testdriver.HandClock;
import dev.freshet.testing.FakeSink;
import dev.freshet.testing.redis.TestRedis;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("verify")
class WaitingLettersTest {

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final int MOST_LETTERS = 100;
  private static final int MOST_BYTES = 4_000;

  private final String name = "letters-" + UUID.randomUUID();
  private final Redis redis = TestRedis.connect();
  private final HandClock clock = new HandClock(0);
  private final FakeSink stream = new FakeSink();
  private final WaitingLetters letters = waiting(stream);

  @AfterEach
  void disconnect() {
    redis.close();
  }

  @Test
  void acceptedLettersDoNotWait() {
    assertThat(letters.put(numbered(0, 3)).isEmpty()).isTrue();
    assertThat(stream.texts()).containsExactly("0", "1", "2");
    assertThat(held()).isEmpty();
  }

  @Test
  void refusedLettersWaitUntilTheStreamAcceptsLettersAgain() {
    stream.refuse("key-1", "key-2");
    assertThat(letters.put(numbered(0, 4)).isEmpty()).as("all are safe").isTrue();
    assertThat(stream.texts()).containsExactly("0", "3");
    assertThat(held()).containsExactly("1", "2");

    stream.refuse();
    clock.set(4_999);
    letters.put(List.of());
    assertThat(held()).as("not asked for with every batch").hasSize(2);
    clock.set(5_000);
    letters.put(List.of());

    assertThat(stream.texts()).containsExactly("0", "3", "1", "2");
    assertThat(stream.records().get(2).partitionKey()).isEqualTo("key-1");
    assertThat(held()).isEmpty();
    assertThat(bytesHeld()).isNull();
  }

  @Test
  void aFunctionWithoutWaitingLettersLooksOnceAMinute() {
    letters.put(List.of());
    FakeSink refusing = new FakeSink();
    refusing.refuseIf(letter -> true);
    waiting(refusing).put(numbered(0, 1));

    clock.set(59_999);
    letters.put(List.of());
    assertThat(stream.records()).isEmpty();
    clock.set(60_000);
    letters.put(List.of());
    assertThat(stream.texts()).containsExactly("0");
  }

  @Test
  void manyAreDeliveredInPagesUntilOneIsRefused() {
    stream.refuseIf(letter -> true);
    letters.put(numbered(0, MOST_LETTERS));
    stream.refuse("key-45");
    letters.deliver(LONG);
    assertThat(stream.records()).hasSize(59);
    assertThat(held()).hasSize(41).contains("45").doesNotContain("44", "46", "59");

    stream.refuse();
    letters.deliver(LONG);
    assertThat(stream.texts())
        .hasSize(MOST_LETTERS)
        .containsExactlyInAnyOrderElementsOf(texts(numbered(0, MOST_LETTERS)));
    assertThat(held()).isEmpty();
  }

  @Test
  void deliveringEndsWhenItsTimeIsUp() {
    stream.refuseIf(letter -> true);
    letters.put(numbered(0, MOST_LETTERS));
    FakeSink taking = new FakeSink();
    waiting(taking).deliver(Duration.ZERO);
    assertThat(taking.records()).hasSize(20);
    assertThat(held()).hasSize(MOST_LETTERS - 20);
  }

  @Test
  void lettersWithoutRoomAreMissing() {
    stream.refuseIf(letter -> !letter.partitionKey().equals("key-120"));
    assertThat(letters.put(numbered(0, 90)).isEmpty()).isTrue();

    BitSet missing = letters.put(numbered(90, 130));

    assertThat(held()).hasSize(MOST_LETTERS).endsWith("99");
    assertThat(missing.stream().boxed().toList())
        .as("all behind the hundredth but the one that the stream took")
        .hasSize(29)
        .startsWith(10)
        .doesNotContain(30);
  }

  @Test
  void largeLettersCountByTheirSize() {
    stream.refuseIf(letter -> true);
    List<OutgoingRecord> large =
        IntStream.range(0, 5)
            .mapToObj(i -> new OutgoingRecord("k", (i + "x".repeat(996)).getBytes(UTF_8)))
            .toList();

    assertThat(letters.put(large).stream().boxed()).containsExactly(4);
    assertThat(bytesHeld()).isEqualTo("4000");
    stream.refuseIf(letter -> stream.records().size() >= 2);
    letters.deliver(LONG);
    assertThat(bytesHeld()).isEqualTo("2000");
    assertThat(letters.put(large.subList(2, 4)).isEmpty()).as("there is room again").isTrue();
  }

  @Test
  void anEmptiedListHasRoomAgain() {
    redis.ask(commands -> commands.set(bytesKey(), "4000".getBytes(UTF_8)));
    stream.refuseIf(letter -> true);
    assertThat(letters.put(numbered(0, 1)).isEmpty()).isTrue();
  }

  @Test
  void withoutRedisRefusedLettersAreMissing() throws IOException {
    String nobody = "redis://127.0.0.1:" + TestRedis.freePort();
    try (Redis away = Redis.at(nobody, Duration.ofSeconds(1))) {
      WaitingLetters homeless = new WaitingLetters(stream, name, away, clock, Metrics.NONE);
      stream.refuse("key-1");
      assertThat(homeless.put(numbered(0, 3)).stream().boxed()).containsExactly(1);
      assertThat(stream.texts()).containsExactly("0", "2");
    }
  }

  @Test
  void lettersThatReplicasDoNotHaveAreMissing() {
    stream.refuse("key-1");
    try (Redis alone = Redis.at(TestRedis.url(), Duration.ofMillis(400)).replicatedTo(1)) {
      WaitingLetters unsafe = new WaitingLetters(stream, name, alone, clock, Metrics.NONE);
      assertThat(unsafe.put(numbered(0, 3)).stream().boxed()).containsExactly(1);
    }
  }

  @Test
  void aScriptThatRedisForgotIsLoadedAgain() {
    stream.refuseIf(letter -> true);
    redis.ask(commands -> commands.scriptFlush());
    assertThat(letters.put(numbered(0, 2)).isEmpty()).isTrue();
    redis.ask(commands -> commands.scriptFlush());
    stream.refuse();
    letters.deliver(LONG);
    assertThat(held()).isEmpty();
  }

  /** The second function reads the same page before the first removes it, and removes it later. */
  @Test
  void twoFunctionsThatDeliverAtOnceLoseNothing() {
    stream.refuseIf(letter -> true);
    letters.put(numbered(0, MOST_LETTERS));
    List<OutgoingRecord> delivered = new ArrayList<>();
    RecordSink taking =
        page -> {
          delivered.addAll(page);
          return new BitSet();
        };
    RecordSink overtaken =
        page -> {
          waiting(taking).deliver(Duration.ZERO);
          return taking.put(page);
        };

    waiting(overtaken).deliver(Duration.ZERO);

    assertThat(delivered).hasSize(40);
    assertThat(held()).hasSize(MOST_LETTERS - 20).contains("20", "39");
    waiting(taking).deliver(LONG);
    assertThat(texts(delivered)).contains(texts(numbered(0, MOST_LETTERS)).toArray(String[]::new));
  }

  private WaitingLetters waiting(RecordSink sink) {
    LetterList list = new LetterList(redis, name, MOST_LETTERS, MOST_BYTES);
    return new WaitingLetters(sink, list, clock, Metrics.NONE);
  }

  private List<String> held() {
    return texts(new LetterList(redis, name, 1, 1).first(1_000));
  }

  private String bytesHeld() {
    byte[] bytes = redis.ask(commands -> commands.get(bytesKey()));
    return bytes == null ? null : new String(bytes, UTF_8);
  }

  private byte[] bytesKey() {
    return ("letters:{" + name + "}:bytes").getBytes(UTF_8);
  }

  private static List<OutgoingRecord> numbered(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> new OutgoingRecord("key-" + i, Integer.toString(i).getBytes(UTF_8)))
        .toList();
  }

  private static List<String> texts(List<OutgoingRecord> records) {
    return records.stream().map(record -> new String(record.data(), UTF_8)).toList();
  }
}
