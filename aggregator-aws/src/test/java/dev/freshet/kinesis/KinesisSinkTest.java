package dev.freshet.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.metrics.Metrics;
import dev.freshet.stream.OutgoingRecord;
import dev.freshet.stream.Retries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.LimitExceededException;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

class KinesisSinkTest {

  private static final int MIB = 1 << 20;

  /** Gives each call a prepared answer, and records the requests. */
  private static final class FakeKinesis implements KinesisClient {
    final List<List<String>> calls = new ArrayList<>();
    IntFunction<List<String>> refusedInCall = call -> List.of();
    int callsThatThrow;
    SdkException thrown = SdkClientException.create("connection reset");

    @Override
    public PutRecordsResponse putRecords(PutRecordsRequest request) {
      assertThat(request.streamName()).isEqualTo("feature-results");
      List<String> keys =
          request.records().stream().map(PutRecordsRequestEntry::partitionKey).toList();
      calls.add(keys);
      if (calls.size() <= callsThatThrow) {
        throw thrown;
      }
      for (PutRecordsRequestEntry each : request.records()) {
        if (each.data().asByteArray().length + each.partitionKey().length() > MIB) {
          throw InvalidArgumentException.builder().message("a record is too large").build();
        }
      }
      List<String> refused = refusedInCall.apply(calls.size());
      return PutRecordsResponse.builder()
          .records(keys.stream().map(key -> entry(refused.contains(key))).toList())
          .build();
    }

    private static PutRecordsResultEntry entry(boolean refused) {
      return refused
          ? PutRecordsResultEntry.builder()
              .errorCode("ProvisionedThroughputExceededException")
              .build()
          : PutRecordsResultEntry.builder().sequenceNumber("1").shardId("s").build();
    }

    @Override
    public String serviceName() {
      return "kinesis";
    }

    @Override
    public void close() {}
  }

  private final FakeKinesis kinesis = new FakeKinesis();
  private final List<Duration> pauses = new ArrayList<>();
  private final Retries real = KinesisSink.attempts(5);
  private final KinesisSink sink =
      new KinesisSink(
          kinesis,
          "feature-results",
          Metrics.NONE,
          new Retries(real.attempts(), real.first(), real.longest(), this::pause));

  private void pause(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    pauses.add(duration);
  }

  @Test
  void acknowledgedRecordsArePutOnce() {
    assertThat(sink.put(records("a", "b")).isEmpty()).isTrue();
    assertThat(kinesis.calls).containsExactly(List.of("a", "b"));
  }

  @Test
  void noRecordsCauseNoCall() {
    assertThat(sink.put(List.of()).isEmpty()).isTrue();
    assertThat(kinesis.calls).isEmpty();
  }

  @Test
  void exactlyTheFailedEntriesArePutAgain() {
    kinesis.refusedInCall =
        call -> call == 1 ? List.of("b", "d") : call == 2 ? List.of("d") : List.of();
    assertThat(sink.put(records("a", "b", "c", "d")).isEmpty()).isTrue();
    assertThat(kinesis.calls)
        .containsExactly(List.of("a", "b", "c", "d"), List.of("b", "d"), List.of("d"));
  }

  @Test
  void attemptsAreBoundedAndWhatIsMissingIsNamed() {
    kinesis.refusedInCall = call -> List.of("b", "d");
    assertThat(sink.put(records("a", "b", "c", "d"))).isEqualTo(BitSet.valueOf(new long[] {10}));
    assertThat(kinesis.calls).hasSize(5);
    assertThat(kinesis.calls.subList(1, 5)).containsOnly(List.of("b", "d"));
  }

  @Test
  void aCallThatFailsIsRepeatedWhole() {
    kinesis.callsThatThrow = 2;
    assertThat(sink.put(records("a", "b")).isEmpty()).isTrue();
    assertThat(kinesis.calls)
        .containsExactly(List.of("a", "b"), List.of("a", "b"), List.of("a", "b"));
  }

  @Test
  void callsThatAlwaysFailLeaveEverythingMissing() {
    kinesis.callsThatThrow = Integer.MAX_VALUE;
    assertThat(sink.put(records("a", "b"))).isEqualTo(BitSet.valueOf(new long[] {3}));
    assertThat(kinesis.calls).hasSize(5);
  }

  @ParameterizedTest
  @MethodSource
  void aThrottledStreamCostsLessThanASecondAndIsUsedAgainAfterwards(SdkException throttled) {
    kinesis.thrown = throttled;
    kinesis.callsThatThrow = Integer.MAX_VALUE;
    assertThat(sink.put(records("a", "b"))).isEqualTo(BitSet.valueOf(new long[] {3}));
    assertThat(kinesis.calls).hasSize(5);
    assertThat(pauses).extracting(Duration::toMillis).containsExactly(50L, 100L, 200L, 400L);
    kinesis.callsThatThrow = 0;
    assertThat(sink.put(records("a", "b")).isEmpty()).isTrue();
  }

  static List<SdkException> aThrottledStreamCostsLessThanASecondAndIsUsedAgainAfterwards() {
    return List.of(
        ProvisionedThroughputExceededException.builder().message("slow down").build(),
        LimitExceededException.builder().message("too many").build(),
        SdkClientException.create("no answer"));
  }

  @Test
  void aStreamThatAcceptsNothingGetsNoFurtherCallsOfTheBatch() {
    kinesis.callsThatThrow = Integer.MAX_VALUE;
    List<OutgoingRecord> records =
        IntStream.range(0, 1_700).mapToObj(i -> new OutgoingRecord("k" + i, new byte[1])).toList();
    assertThat(sink.put(records).cardinality()).isEqualTo(1_700);
    assertThat(kinesis.calls).hasSize(5).allMatch(call -> call.contains("k0"));
  }

  @Test
  void aRecordThatKinesisNeverAcceptsBlocksNeitherItsBatchNorItsShard() {
    String key = "ä".repeat(200);
    List<OutgoingRecord> records =
        List.of(
            new OutgoingRecord("before", new byte[1]),
            new OutgoingRecord(key, new byte[MIB - 399]),
            new OutgoingRecord("after", new byte[1]),
            new OutgoingRecord(key, new byte[MIB - 400]));
    assertThat(sink.put(records).isEmpty()).isTrue();
    assertThat(kinesis.calls).containsExactly(List.of("before", "after", key));
    assertThat(sink.put(records.subList(1, 2)).isEmpty()).isTrue();
    assertThat(kinesis.calls).hasSize(1);
  }

  @Test
  void anInterruptedThreadGivesUpAndStaysInterrupted() {
    kinesis.callsThatThrow = Integer.MAX_VALUE;
    Thread.currentThread().interrupt();
    assertThat(sink.put(records("a")).cardinality()).isEqualTo(1);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(kinesis.calls).hasSize(1);
  }

  @Test
  void aCallHasAtMost500Records() {
    List<OutgoingRecord> records =
        IntStream.range(0, 1_001).mapToObj(i -> new OutgoingRecord("k" + i, new byte[1])).toList();
    kinesis.refusedInCall = call -> List.of("k500");
    assertThat(sink.put(records)).isEqualTo(only(500));
    assertThat(kinesis.calls.get(0)).hasSize(500).startsWith("k0").endsWith("k499");
    assertThat(kinesis.calls.get(1)).hasSize(500).startsWith("k500").endsWith("k999");
    assertThat(kinesis.calls.get(kinesis.calls.size() - 1)).containsExactly("k1000");
  }

  @Test
  void aCallHasLessThan5MiB() {
    byte[] large = new byte[1_000_000];
    List<OutgoingRecord> records =
        IntStream.range(0, 9).mapToObj(i -> new OutgoingRecord("k" + i, large)).toList();
    assertThat(sink.put(records).isEmpty()).isTrue();
    assertThat(kinesis.calls)
        .containsExactly(
            List.of("k0", "k1", "k2", "k3"), List.of("k4", "k5", "k6", "k7"), List.of("k8"));
  }

  @Test
  void aPartitionKeyIsCutToTheLimitOfKinesisWithoutSplittingACharacter() {
    assertThat(key("x".repeat(256))).hasSize(256);
    assertThat(key("x".repeat(257))).hasSize(256);
    assertThat(key("x".repeat(255) + "😀")).isEqualTo("x".repeat(255));
    assertThat(key("x".repeat(254) + "😀😀")).isEqualTo("x".repeat(254) + "😀");
    assertThat(key("😀".repeat(200))).isEqualTo("😀".repeat(128));
  }

  private static String key(String partitionKey) {
    return new OutgoingRecord(partitionKey, new byte[0]).partitionKey();
  }

  private static BitSet only(int index) {
    BitSet bits = new BitSet();
    bits.set(index);
    return bits;
  }

  private static List<OutgoingRecord> records(String... keys) {
    return IntStream.range(0, keys.length)
        .mapToObj(i -> new OutgoingRecord(keys[i], new byte[] {(byte) i}))
        .toList();
  }
}
