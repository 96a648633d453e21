package dev.freshet.aws.emulator.process;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Kinesis on 127.0.0.1 with records in memory; see docs/decisions/0001-kinesis-emulator.md. */
public final class KinesisEmulator implements KinesisServer {

  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final String HEAP_LIMIT = "--max-old-space-size=8192"; // MiB; 3 KiB a record
  private static final String SCRIPT = "tools/aws-emulator/src/main/node/kinesis-emulator.js";

  private final int port;
  private final ChildProcess process;

  private KinesisEmulator(int port, ChildProcess process) {
    this.port = port;
    this.process = process;
  }

  /**
   * Starts an emulator without streams and returns when it answers.
   *
   * @param port the port to listen on
   * @param portOption the command line option that chooses the port, for messages
   * @param projectRoot the folder that holds {@code node_modules}
   * @param folder where the log and the working folder go
   * @throws IllegalStateException if the port is taken, Node.js or its packages are missing, or it
   *     does not start
   */
  public static KinesisEmulator start(int port, String portOption, Path projectRoot, Path folder) {
    return start(port, portOption, projectRoot, folder, Programs.onThePath());
  }

  static KinesisEmulator start(
      int port, String portOption, Path projectRoot, Path folder, Programs programs) {
    Ports.requireFree(port, portOption);
    Path node = programs.node(projectRoot, "kinesalite");
    ChildProcess process =
        ChildProcess.start(
            "kinesis",
            List.of(node.toString(), HEAP_LIMIT, script(projectRoot), Integer.toString(port)),
            folder.resolve("kinesis"),
            folder.resolve("kinesis.log"));
    process.awaitReady(
        () -> Ports.answers(port, "GET / HTTP/1.0\r\n\r\n", "HTTP/1.1 403"), START_LIMIT);
    return new KinesisEmulator(port, process);
  }

  @Override
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Returns the running emulator. */
  public ChildProcess process() {
    return process;
  }

  @Override
  public void close() {
    process.close();
  }

  /** Returns the script for Node.js; its argument is the port. */
  static String script(Path projectRoot) {
    return projectRoot.resolve(SCRIPT).toAbsolutePath().toString();
  }
}
