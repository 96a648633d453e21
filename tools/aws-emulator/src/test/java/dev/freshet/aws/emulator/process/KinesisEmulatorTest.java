package dev.freshet.aws.emulator.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** Needs the packages of {@code npm ci}, which the Maven build runs before. */
@Tag("verify")
class KinesisEmulatorTest {

  private static final String OPTION = "--kinesis-port";
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

  @TempDir private Path folder;

  @Test
  void startsAndStops() throws IOException {
    KinesisEmulator emulator = start();
    int port = emulator.endpoint().getPort();
    try (KinesisClient kinesis = KinesisClients.of(emulator)) {
      KinesisClients.createStream(kinesis, "items", 2);
    }

    emulator.close();

    assertThat(Await.isGone(emulator.process().pid())).isTrue();
    Ports.requireFree(port, OPTION);
  }

  @Test
  void hasRoomForManyShards() throws IOException {
    try (KinesisEmulator emulator = start();
        KinesisClient kinesis = KinesisClients.of(emulator)) {
      KinesisClients.createStream(kinesis, "wide", 100);
      assertThat(kinesis.listShards(list -> list.streamName("wide")).shards()).hasSize(100);
    }
  }

  @Test
  void outlivesAClientThatBreaksOff() throws IOException {
    try (KinesisEmulator emulator = start();
        KinesisClient kinesis = KinesisClients.of(emulator)) {
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

      KinesisClients.createStream(kinesis, "items", 1);
      assertThat(emulator.process().isAlive()).isTrue();
    }
  }

  @Test
  void saysThatNodeIsMissing() {
    assertThatThrownBy(() -> startWith(ROOT, new Programs(folder.toString())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("node was not found on the PATH: install Node.js 20 or newer");
  }

  @Test
  void saysThatNodeIsTooOld() throws IOException {
    Path node = folder.resolve("node");
    Files.writeString(node, "#!/bin/sh\necho v18.20.4\n");
    Files.setPosixFilePermissions(node, PosixFilePermissions.fromString("rwxr-xr-x"));

    assertThatThrownBy(() -> startWith(ROOT, new Programs(folder.toString())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(node + " is too old or does not run: install Node.js 20 or newer");
  }

  @Test
  void saysThatItsPackageIsMissing() {
    assertThatThrownBy(() -> startWith(folder, Programs.onThePath()))
        .isInstanceOf(IllegalStateException.class)
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
}
