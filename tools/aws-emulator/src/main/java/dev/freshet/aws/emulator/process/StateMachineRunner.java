package dev.freshet.aws.emulator.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.aws.emulator.function.FunctionInvoker;
import dev.freshet.aws.emulator.template.StateMachineDefinition;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Step Functions on a free port of 127.0.0.1. {@code aws-local-stepfunctions} runs the state
 * machines; the API has the calls that start, stop and describe executions.
 */
public final class StateMachineRunner implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(90); // a function's call and more
  private static final String SCRIPT = "tools/aws-emulator/src/main/node/state-machines.js";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI endpoint;
  private final ChildProcess process;
  private final FunctionCallbacks callbacks;
  private final HttpClient http = HttpClient.newHttpClient();

  private StateMachineRunner(URI endpoint, ChildProcess process, FunctionCallbacks callbacks) {
    this.endpoint = endpoint;
    this.process = process;
    this.callbacks = callbacks;
  }

  /**
   * Starts without executions and returns when the API answers.
   *
   * @param functions the functions that state machines call, by name
   * @param projectRoot the folder that holds {@code node_modules}
   * @param folder where the log and the working folder go
   * @throws IllegalStateException if Node.js or its packages are missing, or a definition cannot be
   *     run
   */
  public static StateMachineRunner start(
      List<StateMachineDefinition> machines,
      Map<String, FunctionInvoker> functions,
      Path projectRoot,
      Path folder) {
    Path node = Programs.onThePath().node(projectRoot, "aws-local-stepfunctions");
    Path work = folder.resolve("state-machines");
    Path port = work.resolve("port");
    String machinesFile = prepare(work, machines).toString();
    FunctionCallbacks callbacks = FunctionCallbacks.start(functions);
    try {
      List<String> command =
          List.of(
              node.toString(),
              projectRoot.resolve(SCRIPT).toAbsolutePath().toString(),
              machinesFile,
              callbacks.endpoint().toString(),
              port.toAbsolutePath().toString());
      ChildProcess process =
          ChildProcess.start("state-machines", command, work, folder.resolve("state-machines.log"));
      process.awaitReady(() -> Files.exists(port), START_LIMIT);
      return new StateMachineRunner(endpoint(port), process, callbacks);
    } catch (RuntimeException e) {
      callbacks.close();
      throw e;
    }
  }

  /** Returns the address of the API, for {@code AWS_ENDPOINT_URL_SFN}. */
  public URI endpoint() {
    return endpoint;
  }

  /** Returns the counters since the start or the last {@link #stopAll}. */
  public StateMachineCounters counters() {
    try {
      return JSON.readValue(send("GET", "/counters"), StateMachineCounters.class);
    } catch (IOException e) {
      throw new IllegalStateException("the state machines return no counters", e);
    }
  }

  /**
   * Stops and deletes all executions, and sets the counters to 0. Returns when none of their
   * function calls is in progress.
   */
  public void stopAll() {
    try {
      send("DELETE", "/executions");
    } catch (IOException e) {
      throw new IllegalStateException("the state machines do not stop", e);
    }
  }

  /** Returns the running process. */
  public ChildProcess process() {
    return process;
  }

  @Override
  public void close() {
    process.close();
    callbacks.close();
  }

  private static Path prepare(Path work, List<StateMachineDefinition> machines) {
    try {
      Files.createDirectories(work);
      Files.deleteIfExists(work.resolve("port"));
      Path file = work.resolve("machines.json").toAbsolutePath();
      JSON.writeValue(file.toFile(), machines);
      return file;
    } catch (IOException e) {
      throw new IllegalStateException("state machines cannot be prepared: " + e.getMessage(), e);
    }
  }

  private static URI endpoint(Path port) {
    try {
      return URI.create("http://127.0.0.1:" + Files.readString(port));
    } catch (IOException e) {
      throw new IllegalStateException("state machines cannot be reached: " + e.getMessage(), e);
    }
  }

  private String send(String method, String path) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint.resolve(path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .timeout(STOP_LIMIT)
            .build();
    try {
      return http.send(request, BodyHandlers.ofString()).body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
