package dev.freshet.operations.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.definition.EventType;
import dev.freshet.stream.Retries;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class EventPutterTest {

  private final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
  private final Retries retries =
      new Retries(4, Duration.ofMillis(50), Duration.ofMillis(150), pauses::add);

  @Test
  void retriesExactlyTheRefusedRecords() {
    FakeStreams streams = new FakeStreams(refusesOnce("b", "d"));
    assertThat(put(streams, events("item-created", "a", "b", "c", "d"))).isEqualTo(4);
    assertThat(streams.calls.get("item-created"))
        .containsExactly(List.of("a", "b", "c", "d"), List.of("b", "d"));
  }

  @Test
  void putsIntoThePrefixedStream() {
    FakeStreams streams = new FakeStreams(event -> false);
    try (EventPutter putter = new EventPutter(FakeStreams.client(streams), "prod-", retries)) {
      putter.putAll(List.of(event("item-created", "key", "text")));
    }
    assertThat(streams.taken).containsOnlyKeys("prod-item-created");
    assertThat(streams.taken.get("prod-item-created")).containsExactly("text");
  }

  @Test
  void laterRecordsOfTheStreamWaitForTheRefusedOnes() {
    FakeStreams streams = new FakeStreams(refusesOnce("a", "a2"));
    put(
        streams,
        List.of(
            event("item-created", "k", "a"),
            event("item-created", "k", "a2"),
            event("item-created", "k", "a3")));
    assertThat(streams.taken.get("item-created")).containsExactly("a", "a2", "a3");
  }

  @Test
  void orderOfAKeyWithinAStreamSurvivesRandomRefusals() {
    for (int seed = 0; seed < 30; seed++) {
      Random random = new Random(seed);
      List<OutgoingEvent> events = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        String key = "k" + random.nextInt(40);
        events.add(event("item-" + random.nextInt(3), key, key + "/" + i));
      }
      Random refusals = new Random(~seed);
      FakeStreams streams =
          new FakeStreams(
              event -> {
                synchronized (refusals) {
                  return refusals.nextInt(3) == 0;
                }
              });
      assertThat(put(streams, events, 1_000)).as("seed %d", seed).isEqualTo(300);
      assertThat(byStreamAndKey(streams)).as("seed %d", seed).isEqualTo(byStreamAndKey(events));
    }
  }

  @Test
  void givesUpAfterAttemptsThatGetNothingThrough() {
    FakeStreams streams = new FakeStreams(event -> event.partitionKey().equals("b"));
    EventPutter putter = new EventPutter(FakeStreams.client(streams), "", retries);
    assertThatThrownBy(() -> putter.putAll(events("item-picked", "a", "b", "c")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "cannot put 1 events into stream 'item-picked': refused 4 times in a row, last with"
                + " ProvisionedThroughputExceededException: slow down");
    assertThat(putter.acknowledged()).isEqualTo(2);
    assertThat(streams.calls.get("item-picked")).hasSize(5);
    assertThat(pauses).extracting(Duration::toMillis).containsExactly(50L, 50L, 100L, 150L);
    putter.close();
  }

  @Test
  void callThatFailsAsAWholeIsReportedWithItsStream() {
    StreamWriter broken =
        (stream, events) -> {
          throw new IllegalStateException("no such stream");
        };
    assertThatThrownBy(() -> put(broken, events("item-picked", "a")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("cannot put 1 events into stream 'item-picked': no such stream")
        .hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void answerOfTheWrongLengthIsNoAcknowledgement() {
    assertThatThrownBy(() -> put((stream, events) -> List.of(), events("item-picked", "a")))
        .hasMessageContaining("the stream answered for 0 of them");
  }

  @Test
  void streamsAreWrittenAtTheSameTime() {
    CountDownLatch all = new CountDownLatch(5);
    StreamWriter meeting =
        (stream, events) -> {
          all.countDown();
          return Collections.nCopies(events.size(), arrived(all));
        };
    List<OutgoingEvent> events = new ArrayList<>();
    for (EventType type : ItemStreams.ALL.types()) {
      String stream = type.stream();
      events.add(event(stream, "k", "x"));
    }
    assertThat(put(meeting, events)).isEqualTo(5);
  }

  @Test
  void interruptEndsTheWait() {
    CountDownLatch never = new CountDownLatch(1);
    StreamWriter stuck = (stream, events) -> Collections.nCopies(events.size(), arrived(never));
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> put(stuck, events("item-picked", "a")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("cannot put events: interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void rejectsRetriesThatCannotWork() {
    assertThatThrownBy(() -> new Retries(0, Duration.ZERO, Duration.ZERO, pauses::add))
        .hasMessage("attempts must be positive: 0");
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new Retries(1, second, Duration.ZERO, pauses::add))
        .hasMessage("pauses must grow from zero or more: PT1S to PT0S");
  }

  @Test
  void rejectsAPartitionKeyThatKinesisRefuses() {
    assertThatThrownBy(() -> event("item-picked", "", "a"))
        .hasMessage("a partition key has 1 to 256 characters, not 0");
    assertThatThrownBy(() -> event("item-picked", "k".repeat(257), "a"))
        .hasMessage("a partition key has 1 to 256 characters, not 257");
  }

  @Test
  void takesMoreEventsThanFitInMemoryAtOnce() {
    int[] handedOut = {0};
    int[] mostAhead = {0};
    EventPutter[] putter = new EventPutter[1];
    FakeStreams streams = new FakeStreams(event -> false);
    putter[0] = new EventPutter(FakeStreams.client(streams), "", retries);
    List<Integer> numbers = Collections.nCopies(20_000, 0);
    putter[0].putAll(
        numbers.stream()
            .map(
                zero -> {
                  int number = handedOut[0]++;
                  mostAhead[0] = Math.max(mostAhead[0], number - (int) putter[0].acknowledged());
                  return event("item-created", "k" + number, "x");
                })
            .iterator());
    assertThat(putter[0].acknowledged()).isEqualTo(20_000);
    assertThat(mostAhead[0]).isLessThan(5_001);
    putter[0].close();
  }

  private long put(StreamWriter streams, List<OutgoingEvent> events) {
    return put(streams, events, retries.attempts());
  }

  private long put(StreamWriter streams, List<OutgoingEvent> events, int attempts) {
    Retries patience = new Retries(attempts, retries.first(), retries.longest(), pauses::add);
    try (EventPutter putter = new EventPutter(FakeStreams.client(streams), "", patience)) {
      putter.putAll(events);
      return putter.acknowledged();
    }
  }

  private static Optional<String> arrived(CountDownLatch all) {
    try {
      return all.await(30, TimeUnit.SECONDS)
          ? Optional.empty()
          : Optional.of("alone: no other stream");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Predicate<OutgoingEvent> refusesOnce(String... texts) {
    Set<String> left = new HashSet<>(List.of(texts));
    return event -> left.remove(FakeStreams.text(event));
  }

  private static List<String> byStreamAndKey(FakeStreams streams) {
    return streams.taken.entrySet().stream()
        .flatMap(taken -> taken.getValue().stream().map(text -> taken.getKey() + " " + text))
        .sorted(EventPutterTest::byKey)
        .toList();
  }

  private static List<String> byStreamAndKey(List<OutgoingEvent> events) {
    return events.stream()
        .map(event -> event.stream() + " " + FakeStreams.text(event))
        .sorted(EventPutterTest::byKey)
        .toList();
  }

  /** By what stands before the slash only, so that a stable sort keeps the order of arrival. */
  private static int byKey(String one, String other) {
    return one.substring(0, one.indexOf('/')).compareTo(other.substring(0, other.indexOf('/')));
  }

  private static List<OutgoingEvent> events(String stream, String... texts) {
    List<OutgoingEvent> events = new ArrayList<>();
    for (String text : texts) {
      events.add(event(stream, text, text));
    }
    return events;
  }

  private static OutgoingEvent event(String stream, String key, String text) {
    return new OutgoingEvent(stream, key, text.getBytes(StandardCharsets.UTF_8), Optional.empty());
  }
}
