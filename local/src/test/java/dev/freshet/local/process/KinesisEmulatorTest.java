package dev.freshet.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** Needs the packages of {@code npm ci}, which the Maven build runs before. */
class KinesisEmulatorTest {

  private static final String OPTION = "--kinesis-port";
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @TempDir private Path folder;

  @Test
  void carriesRecordsAndStops() throws IOException {
    KinesisEmulator emulator = start();
    int port = emulator.endpoint().getPort();

    try (KinesisClient kinesis = client(emulator)) {
      createStream(kinesis, "orders", 2);
      Record record = putAndGet(kinesis, "orders", "événement");

      assertThat(record.data().asUtf8String()).isEqualTo("événement");
      assertThat(record.partitionKey()).isEqualTo("key");
      assertThat(record.approximateArrivalTimestamp())
          .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
    }

    emulator.close();
    assertThat(Await.isGone(emulator.process().pid())).isTrue();
    Ports.requireFree(port, OPTION);
  }

  @Test
  void hasRoomForTheShardsOfMoreThanOneStage() throws IOException {
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

  private static Record putAndGet(KinesisClient kinesis, String stream, String text) {
    PutRecordResponse put =
        kinesis.putRecord(
            record ->
                record.streamName(stream).partitionKey("key").data(SdkBytes.fromUtf8String(text)));
    String iterator =
        kinesis
            .getShardIterator(
                from ->
                    from.streamName(stream)
                        .shardId(put.shardId())
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
            .shardIterator();
    return kinesis.getRecords(get -> get.shardIterator(iterator)).records().get(0);
  }
}
