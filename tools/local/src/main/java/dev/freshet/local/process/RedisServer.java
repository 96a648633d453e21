package dev.freshet.local.process;

import dev.freshet.aws.emulator.process.ChildProcess;
import dev.freshet.aws.emulator.process.Ports;
import dev.freshet.aws.emulator.process.Programs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A Redis server on 127.0.0.1 that stores nothing on disk. */
public final class RedisServer implements RedisStore {

  private static final Duration START_LIMIT = Duration.ofSeconds(20);

  private final int port;
  private final ChildProcess process;

  private RedisServer(int port, ChildProcess process) {
    this.port = port;
    this.process = process;
  }

  /**
   * Starts a server and returns when it answers.
   *
   * @param name its role, such as {@code feature-store}; the name of its log and working folder
   * @param port the port to listen on
   * @param portOption the command line option that chooses the port, for messages
   * @param folder where binaries, logs and working folders go, such as {@code .freshet}
   * @param options further ones, as redis-server takes them, such as {@code --cluster-enabled yes}
   * @throws IllegalStateException if the port is taken or the server does not start
   */
  public static RedisServer start(
      String name, int port, String portOption, Path folder, String... options) {
    Ports.requireFree(port, portOption);
    Path binary = RedisBinary.locate(Programs.onThePath(), folder.resolve("bin"));
    ChildProcess process =
        ChildProcess.start(
            name,
            command(binary, port, options),
            folder.resolve(name),
            folder.resolve(name + ".log"));
    process.awaitReady(() -> Ports.answers(port, "PING\r\n", "+PONG"), START_LIMIT);
    return new RedisServer(port, process);
  }

  @Override
  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  @Override
  public void clear() {
    if (!Ports.answers(port, "FLUSHALL\r\n", "+OK")) {
      throw new IllegalStateException("the Redis server on port " + port + " does not answer");
    }
  }

  /** Returns the running server. */
  public ChildProcess process() {
    return process;
  }

  @Override
  public void close() {
    process.close();
  }

  private static List<String> command(Path binary, int port, String... options) {
    String fixed = "--bind 127.0.0.1 --port " + port + " --appendonly no --save";
    List<String> command = new ArrayList<>(List.of(binary.toAbsolutePath().toString()));
    command.addAll(List.of(fixed.split(" ", -1)));
    command.add("");
    command.addAll(List.of(options));
    return command;
  }
}
