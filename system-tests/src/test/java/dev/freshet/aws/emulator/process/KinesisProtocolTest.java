package dev.freshet.aws.emulator.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.kinesis.model.ShardIteratorType.AT_TIMESTAMP;
import static software.amazon.awssdk.services.kinesis.model.ShardIteratorType.TRIM_HORIZON;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.Record;

/**
 * Tests that the emulator serves the same records as CBOR to the AWS SDK for Java, and as JSON to
 * all others.
 */
@Tag("containers")
@Tag("verify")
class KinesisProtocolTest {

  private static final String MARKER = "<plain bytes>";

  @TempDir private static Path folder;

  private static KinesisServer emulator;
  private static KinesisClient kinesis;

  @BeforeAll
  static void start() throws IOException {
    Path root = Path.of("..").toAbsolutePath().normalize();
    emulator = TestKinesis.start(Await.freePort(), root, folder);
    kinesis = KinesisClients.of(emulator);
  }

  @AfterAll
  static void stop() {
    kinesis.close();
    emulator.close();
  }

  @Test
  void carriesRecordsOfTheJavaSdkUnchanged() {
    byte[] data = new byte[100_000];
    new Random(7).nextBytes(data);
    Instant start = now();
    KinesisClients.createStream(kinesis, "large", 1);
    put("large", SdkBytes.fromByteArray(data));

    List<Record> records = get("large", from -> from.shardIteratorType(TRIM_HORIZON));

    assertThat(records).hasSize(1);
    assertThat(records.get(0).data().asByteArray()).isEqualTo(data);
    assertThat(records.get(0).partitionKey()).isEqualTo("key");
    assertThat(records.get(0).approximateArrivalTimestamp()).isBetween(start, Instant.now());
  }

  @Test
  void findsRecordsByTheirTime() {
    KinesisClients.createStream(kinesis, "times", 1);
    put("times", SdkBytes.fromUtf8String("first"));
    Instant first = arrival("times", 0);
    Await.until("the next millisecond", () -> Instant.now().isAfter(first.plusMillis(1)));
    put("times", SdkBytes.fromUtf8String("second"));
    Instant second = arrival("times", 1);

    assertThat(
            texts(
                iterator("times", from -> from.shardIteratorType(AT_TIMESTAMP).timestamp(second))))
        .containsExactly("second");
  }

  @Test
  void waitsForRecordsOfATimeThatHasNone() {
    KinesisClients.createStream(kinesis, "quiet", 1);
    String ofNone =
        iterator("quiet", from -> from.shardIteratorType(AT_TIMESTAMP).timestamp(now()));
    put("quiet", SdkBytes.fromUtf8String("first"));
    Instant first = arrival("quiet", 0);
    Await.until("the next millisecond", () -> now().isAfter(first));
    String behindFirst =
        iterator("quiet", from -> from.shardIteratorType(AT_TIMESTAMP).timestamp(now()));
    put("quiet", SdkBytes.fromUtf8String("second"));

    assertThat(texts(ofNone)).containsExactly("first", "second");
    assertThat(texts(behindFirst)).containsExactly("second");
  }

  @Test
  void aClosedShardEndsAfterItsNewestRecordHoweverLongItWasQuiet() {
    KinesisClients.createStream(kinesis, "split", 1);
    put("split", SdkBytes.fromUtf8String("last"));
    GetRecordsResponse last =
        records(iterator("split", from -> from.shardIteratorType(TRIM_HORIZON)));
    Instant quiet = arrival("split", 0).plusSeconds(3);
    Await.until("three quiet seconds", () -> now().isAfter(quiet));
    assertThat(records(last.nextShardIterator()).nextShardIterator()).as("still open").isNotNull();

    kinesis.splitShard(
        call ->
            call.streamName("split")
                .shardToSplit("shardId-000000000000")
                .newStartingHashKey("1" + "0".repeat(30)));
    Await.until(
        "the children",
        () -> kinesis.listShards(call -> call.streamName("split")).shards().size() == 3);

    assertThat(texts(iterator("split", from -> from.shardIteratorType(TRIM_HORIZON))))
        .containsExactly("last");
    GetRecordsResponse end = records(last.nextShardIterator());
    assertThat(end.records()).isEmpty();
    assertThat(end.nextShardIterator()).isNull();
  }

  @Test
  void givesBase64ToJsonClientsAndPlainBytesToOthers() throws IOException, InterruptedException {
    KinesisClients.createStream(kinesis, "both", 1);
    put("both", SdkBytes.fromUtf8String(MARKER));
    String iterator = iterator("both", from -> from.shardIteratorType(TRIM_HORIZON));

    assertThat(getRecords("json", "{\"ShardIterator\":\"" + iterator + "\"}"))
        .contains("\"Data\":\"PHBsYWluIGJ5dGVzPg==\"");
    assertThat(getRecords("cbor", cborOf("ShardIterator", iterator))).contains(MARKER);
  }

  @Test
  @EnabledIfSystemProperty(named = "freshet.containers", matches = "true")
  void runsInAContainerIfThatIsAskedFor() {
    assertThat(ProcessHandle.current().descendants())
        .noneMatch(process -> process.info().command().orElse("").endsWith("node"));
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  private static List<String> texts(String iterator) {
    return records(iterator).records().stream()
        .map(record -> record.data().asUtf8String())
        .toList();
  }

  private static GetRecordsResponse records(String iterator) {
    return kinesis.getRecords(get -> get.shardIterator(iterator));
  }

  private static void put(String stream, SdkBytes data) {
    kinesis.putRecord(record -> record.streamName(stream).partitionKey("key").data(data));
  }

  private static Instant arrival(String stream, int index) {
    return get(stream, from -> from.shardIteratorType(TRIM_HORIZON))
        .get(index)
        .approximateArrivalTimestamp();
  }

  private static List<Record> get(
      String stream, Consumer<GetShardIteratorRequest.Builder> position) {
    return records(iterator(stream, position)).records();
  }

  private static String iterator(
      String stream, Consumer<GetShardIteratorRequest.Builder> position) {
    GetShardIteratorRequest.Builder from =
        GetShardIteratorRequest.builder().streamName(stream).shardId("shardId-000000000000");
    position.accept(from);
    return kinesis.getShardIterator(from.build()).shardIterator();
  }

  /** Returns the bytes of a request or an answer, one character for each. */
  private static String getRecords(String format, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(emulator.endpoint())
            .header("Content-Type", "application/x-amz-" + format + "-1.1")
            .header("X-Amz-Target", "Kinesis_20131202.GetRecords")
            .header("X-Amz-Date", "any")
            .header("Authorization", "AWS4-HMAC-SHA256 Credential=a, SignedHeaders=b, Signature=c")
            .POST(HttpRequest.BodyPublishers.ofString(body, ISO_8859_1))
            .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.ofString(ISO_8859_1))
        .body();
  }

  /** A map of one short name and one text of 256 to 65,535 characters. */
  private static String cborOf(String name, String text) {
    byte[] head = {(byte) 0xa1, (byte) (0x60 + name.length())};
    byte[] length = {0x79, (byte) (text.length() >> 8), (byte) text.length()};
    return new String(head, ISO_8859_1) + name + new String(length, ISO_8859_1) + text;
  }
}
