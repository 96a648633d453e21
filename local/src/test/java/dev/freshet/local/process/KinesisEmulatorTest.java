package dev.freshet.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static software.amazon.awssdk.services.kinesis.model.ShardIteratorType.AT_TIMESTAMP;
import static software.amazon.awssdk.services.kinesis.model.ShardIteratorType.TRIM_HORIZON;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.Record;

/** Needs the packages of {@code npm ci}, which the Maven build runs before. */
class KinesisEmulatorTest {

  private static final String OPTION = "--kinesis-port";
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @TempDir private Path folder;

  @Test
  void startsAndStops() throws IOException {
    KinesisEmulator emulator = start();
    int port = emulator.endpoint().getPort();
    try (KinesisClient kinesis = client(emulator)) {
      createStream(kinesis, "orders", 2);
    }

    emulator.close();

    assertThat(Await.isGone(emulator.process().pid())).isTrue();
    Ports.requireFree(port, OPTION);
  }

  @Test
  void carriesRecordsOfTheJavaSdkUnchanged() throws IOException {
    byte[] data = new byte[100_000];
    new Random(7).nextBytes(data);
    Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    try (KinesisEmulator emulator = start();
        KinesisClient kinesis = client(emulator)) {
      createStream(kinesis, "orders", 1);
      put(kinesis, SdkBytes.fromByteArray(data));

      List<Record> records = get(kinesis, from -> from.shardIteratorType(TRIM_HORIZON));

      assertThat(records).hasSize(1);
      assertThat(records.get(0).data().asByteArray()).isEqualTo(data);
      assertThat(records.get(0).partitionKey()).isEqualTo("key");
      assertThat(records.get(0).approximateArrivalTimestamp()).isBetween(start, Instant.now());
    }
  }

  @Test
  void findsRecordsByTheirTime() throws IOException {
    try (KinesisEmulator emulator = start();
        KinesisClient kinesis = client(emulator)) {
      createStream(kinesis, "orders", 1);
      put(kinesis, SdkBytes.fromUtf8String("first"));
      Instant first = arrival(kinesis, 0);
      Await.until("the next millisecond", () -> Instant.now().isAfter(first.plusMillis(1)));
      put(kinesis, SdkBytes.fromUtf8String("second"));
      Instant second = arrival(kinesis, 1);

      assertThat(get(kinesis, from -> from.shardIteratorType(AT_TIMESTAMP).timestamp(second)))
          .extracting(record -> record.data().asUtf8String())
          .containsExactly("second");
    }
  }

  @Test
  void hasRoomForManyShards() throws IOException {
    try (KinesisEmulator emulator = start();
        KinesisClient kinesis = client(emulator)) {
      createStream(kinesis, "wide", 100);
      assertThat(kinesis.listShards(list -> list.streamName("wide")).shards()).hasSize(100);
    }
  }

  @Test
  void outlivesAClientThatBreaksOff() throws IOException {
    try (KinesisEmulator emulator = start();
        KinesisClient kinesis = client(emulator)) {
      try (Socket socket =
          new Socket(InetAddress.getLoopbackAddress(), emulator.endpoint().getPort())) {
        socket
            .getOutputStream()
            .write(
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf a req"
                    .getBytes(StandardCharsets.US_ASCII));
      }
      Await.until(
          "report of the break", () -> emulator.process().endOfLog().contains("ECONNRESET"));

      createStream(kinesis, "orders", 1);
      assertThat(emulator.process().isAlive()).isTrue();
    }
  }

  @Test
  void saysThatNodeIsMissing() {
    assertThatThrownBy(() -> startWith(ROOT, new Programs(folder.toString())))
        .isInstanceOf(StartupException.class)
        .hasMessage("node was not found on the PATH: install Node.js 20 or newer");
  }

  @Test
  void saysThatNodeIsTooOld() throws IOException {
    Path node = folder.resolve("node");
    Files.writeString(node, "#!/bin/sh\necho v18.20.4\n");
    Files.setPosixFilePermissions(node, PosixFilePermissions.fromString("rwxr-xr-x"));

    assertThatThrownBy(() -> startWith(ROOT, new Programs(folder.toString())))
        .isInstanceOf(StartupException.class)
        .hasMessage(node + " is too old or does not run: install Node.js 20 or newer");
  }

  @Test
  void saysThatItsPackageIsMissing() {
    assertThatThrownBy(() -> startWith(folder, Programs.onThePath()))
        .isInstanceOf(StartupException.class)
        .hasMessage(
            "%s was not found: run npm ci in %s",
            folder.resolve("node_modules").resolve("kinesalite"), folder);
  }

  private KinesisEmulator start() throws IOException {
    return KinesisEmulator.start(Await.freePort(), OPTION, ROOT, folder);
  }

  private void startWith(Path root, Programs programs) throws IOException {
    KinesisEmulator.start(Await.freePort(), OPTION, root, folder, programs).close();
  }

  private static KinesisClient client(KinesisEmulator emulator) {
    return KinesisClient.builder()
        .endpointOverride(emulator.endpoint())
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
        .build();
  }

  private static void createStream(KinesisClient kinesis, String name, int shards) {
    kinesis.createStream(create -> create.streamName(name).shardCount(shards));
    kinesis
        .waiter()
        .waitUntilStreamExists(
            describe -> describe.streamName(name),
            wait -> wait.waitTimeout(Duration.ofSeconds(20)));
  }

  private static void put(KinesisClient kinesis, SdkBytes data) {
    kinesis.putRecord(record -> record.streamName("orders").partitionKey("key").data(data));
  }

  private static Instant arrival(KinesisClient kinesis, int index) {
    return get(kinesis, from -> from.shardIteratorType(TRIM_HORIZON))
        .get(index)
        .approximateArrivalTimestamp();
  }

  private static List<Record> get(
      KinesisClient kinesis, Consumer<GetShardIteratorRequest.Builder> position) {
    GetShardIteratorRequest.Builder from =
        GetShardIteratorRequest.builder().streamName("orders").shardId("shardId-000000000000");
    position.accept(from);
    String iterator = kinesis.getShardIterator(from.build()).shardIterator();
    return kinesis.getRecords(get -> get.shardIterator(iterator)).records();
  }
}
