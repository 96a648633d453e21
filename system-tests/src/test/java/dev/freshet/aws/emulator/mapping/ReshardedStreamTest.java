package dev.freshet.aws.emulator.mapping;

import static dev.freshet.aws.emulator.mapping.Mappings.mapping;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.aws.emulator.process.KinesisServer;
import dev.freshet.aws.emulator.process.TestKinesis;
import dev.freshet.aws.emulator.stream.KinesisStream;
import dev.freshet.local.platform.LocalKinesis;
import dev.freshet.shard.StreamScan;
import dev.freshet.testing.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** Tests a stream of the emulator whose shards are split and merged while a mapping reads it. */
@Timeout(300)
@Tag("verify")
final class ReshardedStreamTest {

  private static final String STREAM = "order-created";
  private static final int KEYS = 20;
  private static final long SEED = 7;

  private final Map<String, List<Integer>> seen = new ConcurrentHashMap<>();
  private int put;
  private KinesisServer server;
  private KinesisClient kinesis;
  @TempDir private Path folder;

  @BeforeEach
  void start() throws IOException {
    server = TestKinesis.start(FreePort.find(), Path.of("..").toAbsolutePath().normalize(), folder);
    kinesis = LocalKinesis.connect(server.endpoint());
    kinesis.createStream(call -> call.streamName(STREAM).shardCount(2));
    await(() -> isActive());
  }

  @AfterEach
  void stop() {
    kinesis.close();
    server.close();
  }

  @Test
  void everyRecordIsReadOnceAndThoseOfAKeyInOrder() {
    Random random = new Random(SEED);
    try (KinesisStream stream = open();
        EventSourceMapping mapping = started(stream, mapping().inLanes(2).ofBatches(7))) {
      for (int round = 0; round < 8; round++) {
        put(40);
        reshard(random);
      }
      put(40);
      awaitCaughtUp(mapping);
      await(() -> mapping.counters().recordsDone() >= put); // a lost record ends in the timeout

      assertThat(mapping.failure()).isEmpty();
      assertThat(mapping.counters().recordsDone()).as("seed %d", SEED).isEqualTo(put);
      assertThat(seen).as("seed %d", SEED).isEqualTo(expected());
    }
  }

  @Test
  void shardsThatWereSplitSeveralTimesBeforeTheStartAreReadFromTheFirstOn() {
    for (int round = 0; round < 3; round++) {
      put(40);
      split(openShards().get(0));
    }
    put(40);
    try (KinesisStream stream = open();
        EventSourceMapping mapping = started(stream, mapping())) {
      awaitCaughtUp(mapping);

      assertThat(seen).isEqualTo(expected());
    }
  }

  @Test
  void aScanReadsClosedShardsBeforeTheirChildren() {
    put(40);
    merge(openShards().get(0), openShards().get(1));
    put(40);
    split(openShards().get(0));
    put(40);

    Instant end = InstantSource.system().instant().plusSeconds(60);
    StreamScan.read(
        kinesis,
        STREAM,
        Optional.empty(),
        end,
        (shard, record) -> note(new String(record.data(), UTF_8)));

    assertThat(seen).isEqualTo(expected());
  }

  private boolean isActive() {
    return kinesis
        .describeStreamSummary(call -> call.streamName(STREAM))
        .streamDescriptionSummary()
        .streamStatus()
        .equals(StreamStatus.ACTIVE);
  }

  private void put(int count) {
    for (int i = 0; i < count; i++) {
      String number = Integer.toString(put++);
      kinesis.putRecord(
          call ->
              call.streamName(STREAM)
                  .partitionKey(keyOf(number))
                  .data(SdkBytes.fromUtf8String(number)));
    }
  }

  private static String keyOf(String number) {
    return "key-" + Integer.parseInt(number) % KEYS;
  }

  private void note(String number) {
    seen.computeIfAbsent(keyOf(number), unseen -> Collections.synchronizedList(new ArrayList<>()))
        .add(Integer.parseInt(number));
  }

  private Map<String, List<Integer>> expected() {
    return IntStream.range(0, put)
        .boxed()
        .collect(Collectors.groupingBy(number -> keyOf(number.toString())));
  }

  private void reshard(Random random) {
    List<Shard> open = openShards();
    int at = random.nextInt(open.size());
    if (at > 0 && random.nextBoolean()) {
      merge(open.get(at - 1), open.get(at));
    } else {
      split(open.get(at));
    }
  }

  private void split(Shard shard) {
    BigInteger start = new BigInteger(shard.hashKeyRange().startingHashKey());
    BigInteger middle =
        start.add(new BigInteger(shard.hashKeyRange().endingHashKey())).shiftRight(1);
    int shards = shards().size();
    kinesis.splitShard(
        call ->
            call.streamName(STREAM)
                .shardToSplit(shard.shardId())
                .newStartingHashKey(middle.toString()));
    await(() -> shards().size() == shards + 2);
  }

  private void merge(Shard left, Shard right) {
    int shards = shards().size();
    kinesis.mergeShards(
        call ->
            call.streamName(STREAM)
                .shardToMerge(left.shardId())
                .adjacentShardToMerge(right.shardId()));
    await(() -> shards().size() == shards + 1);
  }

  private List<Shard> shards() {
    return kinesis.listShards(call -> call.streamName(STREAM)).shards();
  }

  /** By their hash keys: neighbours can be merged. */
  private List<Shard> openShards() {
    return shards().stream()
        .filter(shard -> shard.sequenceNumberRange().endingSequenceNumber() == null)
        .sorted(
            Comparator.comparing(shard -> new BigInteger(shard.hashKeyRange().startingHashKey())))
        .toList();
  }

  private KinesisStream open() {
    return new KinesisStream(kinesis, STREAM, Duration.ofMillis(10), InstantSource.system());
  }

  private EventSourceMapping started(KinesisStream stream, Mappings rules) {
    EventSourceMapping mapping =
        new EventSourceMapping(
            rules.build(),
            stream,
            this::note,
            (name, document) -> {},
            Mappings.ACCOUNT,
            InstantSource.system(),
            Duration.ofSeconds(5));
    mapping.start();
    return mapping;
  }

  private byte[] note(byte[] event, String requestId) {
    try {
      for (JsonNode record : new ObjectMapper().readTree(event).path("Records")) {
        note(new String(record.path("kinesis").path("data").binaryValue(), UTF_8));
      }
      return ScriptedFunction.ALL_DONE.getBytes(UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitCaughtUp(EventSourceMapping mapping) {
    Instant put = InstantSource.system().instant();
    await(() -> mapping.isCaughtUpWith(put));
  }

  /** The timeout of the test is the limit. */
  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      assertThat(Thread.currentThread().isInterrupted()).as("still waiting").isFalse();
      LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
    }
  }
}
