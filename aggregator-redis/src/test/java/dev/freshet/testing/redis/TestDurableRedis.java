package dev.freshet.testing.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A real server with a folder for its data, that can be killed and started again; close it. */
public final class TestDurableRedis implements AutoCloseable {

  private final String[] settings;
  private ClusterNode node;

  public TestDurableRedis(String... settings) throws IOException {
    this(Files.createTempDirectory("freshet-durable"), settings);
  }

  private TestDurableRedis(Path folder, String... settings) throws IOException {
    this.settings = new String[settings.length + 1];
    System.arraycopy(settings, 0, this.settings, 0, settings.length);
    this.settings[settings.length] = "dir " + folder;
    this.node = ClusterNode.alone(this.settings);
  }

  public String url() {
    return node.url();
  }

  /** Ends it with SIGKILL and starts another on the same data, at another port. */
  public void killAndRestart() throws IOException {
    node.kill();
    node = ClusterNode.alone(settings);
    node.await(redis -> redis.info("persistence"), seen -> seen.contains("loading:0"));
  }

  @Override
  public void close() throws IOException {
    node.stop();
  }
}
