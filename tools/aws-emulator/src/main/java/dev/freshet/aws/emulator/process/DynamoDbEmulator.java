package dev.freshet.aws.emulator.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * DynamoDB on 127.0.0.1 with items in memory or in a folder; see
 * docs/decisions/0015-table-of-history.md.
 */
public final class DynamoDbEmulator implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final String HEAP_LIMIT = "--max-old-space-size=8192"; // MiB
  private static final String SCRIPT = "tools/aws-emulator/src/main/node/dynamodb-emulator.js";

  private final int port;
  private final ChildProcess process;

  private DynamoDbEmulator(int port, ChildProcess process) {
    this.port = port;
    this.process = process;
  }

  /**
   * Starts an emulator with the tables of its folder and returns when it answers.
   *
   * @param port the port to listen on
   * @param portOption the command line option that chooses the port, for messages
   * @param projectRoot the folder that holds {@code node_modules}
   * @param folder where the log and the working folder go
   * @param data the folder of the tables, created if missing; without it, they are in memory
   * @throws IllegalStateException if the port is taken, the folder of the tables is in use or
   *     cannot be written, Node.js or its packages are missing, or it does not start
   */
  public static DynamoDbEmulator start(
      int port, String portOption, Path projectRoot, Path folder, Optional<Path> data) {
    Ports.requireFree(port, portOption);
    Path node = Programs.onThePath().node(projectRoot, "dynalite");
    ChildProcess process =
        ChildProcess.start(
            "dynamodb",
            command(node, projectRoot, port, data),
            folder.resolve("dynamodb"),
            folder.resolve("dynamodb.log"));
    process.awaitReady(
        () -> Ports.answers(port, "GET / HTTP/1.0\r\n\r\n", "HTTP/1.1 200"), START_LIMIT);
    return new DynamoDbEmulator(port, process);
  }

  private static List<String> command(Path node, Path projectRoot, int port, Optional<Path> data) {
    String script = projectRoot.resolve(SCRIPT).toAbsolutePath().toString();
    List<String> command =
        new ArrayList<>(List.of(node.toString(), HEAP_LIMIT, script, Integer.toString(port)));
    data.ifPresent(tables -> command.add(tables.toAbsolutePath().toString()));
    return command;
  }

  /** Returns the address of the API, for {@code AWS_ENDPOINT_URL_DYNAMODB}. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Returns how many items it has been asked to write. */
  public long writes() {
    try (InputStream answer = endpoint().resolve("/writes").toURL().openStream()) {
      return Long.parseLong(new String(answer.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException("DynamoDB returns no counters: " + e.getMessage(), e);
    }
  }

  /** Returns the running emulator. */
  public ChildProcess process() {
    return process;
  }

  @Override
  public void close() {
    process.close();
  }
}
