package dev.freshet.aws.emulator.process;

import dev.freshet.testing.redis.ServerContainer;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** Kinesis for a test, as a process, or with {@code -Pcontainers} in a container. */
public final class TestKinesis {

  private TestKinesis() {}

  /**
   * Starts a server without streams, and returns when it answers; close it.
   *
   * @param projectRoot the folder that holds {@code node_modules}
   * @param folder where the log and the working folder of a process go
   */
  public static KinesisServer start(int port, Path projectRoot, Path folder) {
    return ServerContainer.isWanted()
        ? container(port, projectRoot)
        : KinesisEmulator.start(port, "--kinesis-port", projectRoot, folder);
  }

  private static KinesisServer container(int port, Path projectRoot) {
    ServerContainer container =
        new ServerContainer(
                ServerContainer.image("kinesis"),
                port,
                "listening on 127.0.0.1:" + port,
                List.of("node", KinesisEmulator.script(projectRoot), Integer.toString(port)))
            .reading(projectRoot.toAbsolutePath());
    container.start();
    return new KinesisContainer(container);
  }

  private record KinesisContainer(ServerContainer container) implements KinesisServer {

    @Override
    public URI endpoint() {
      return URI.create("http://127.0.0.1:" + container.port());
    }

    @Override
    public void close() {
      container.stop();
    }
  }
}
