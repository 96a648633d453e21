package dev.freshet.testing.redis;

import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Volume;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * A server in a container. It shares the network of this machine, so that it listens on 127.0.0.1
 * only and nodes of a cluster know each other by the addresses that clients use.
 */
public final class ServerContainer implements TestServer {

  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  private final int port;
  private final GenericContainer<?> container;

  /**
   * Creates a server without starting it.
   *
   * @param image its name, which an engine has or can pull
   * @param port where the command makes it listen
   * @param ready what it logs when it answers
   * @param command the program in the image, and its arguments
   */
  public ServerContainer(String image, int port, String ready, List<String> command) {
    this.port = port;
    this.container =
        new GenericContainer<>(DockerImageName.parse(image))
            .withNetworkMode("host")
            .withCommand(command.toArray(String[]::new))
            .waitingFor(
                Wait.forLogMessage(".*" + ready + ".*\\n", 1).withStartupTimeout(START_LIMIT));
  }

  /** Returns whether tests run their servers in containers, as with {@code -Pcontainers}. */
  public static boolean isWanted() {
    return Boolean.getBoolean("freshet.containers");
  }

  /**
   * The image that the build was told to use.
   *
   * @param of such as {@code redis}
   */
  public static String image(String of) {
    String property = "freshet." + of + ".image";
    String name = System.getProperty(property);
    if (name == null) {
      throw new IllegalStateException(property + " is not set: run Maven with -Pcontainers");
    }
    return name;
  }

  /**
   * A folder of this machine that the container may read, at the same path. Mounted by the engine
   * itself: Testcontainers would first try with an image of its own whether that works.
   */
  public ServerContainer reading(Path folder) {
    Bind bind = new Bind(folder.toString(), new Volume(folder.toString()), AccessMode.ro);
    container.withCreateContainerCmdModifier(create -> create.getHostConfig().withBinds(bind));
    return this;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void start() {
    container.start();
  }

  @Override
  public void stop() {
    container.stop();
  }

  @Override
  public void kill() {
    container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
    container
        .getDockerClient()
        .waitContainerCmd(container.getContainerId())
        .start()
        .awaitStatusCode();
  }

  @Override
  public void suspend() {
    signal("SIGSTOP");
  }

  @Override
  public void resume() {
    signal("SIGCONT");
  }

  private void signal(String signal) {
    container
        .getDockerClient()
        .killContainerCmd(container.getContainerId())
        .withSignal(signal)
        .exec();
  }
}
