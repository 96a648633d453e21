package dev.freshet.runtime.process;

import dev.freshet.aws.emulator.function.AwsAccount;
import dev.freshet.aws.emulator.function.FunctionFailedException;
import dev.freshet.aws.emulator.function.FunctionInvoker;
import dev.freshet.aws.emulator.process.ChildProcess;
import dev.freshet.aws.emulator.template.FunctionDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * A deployed function in its own process, as in an execution environment of Lambda: the unpacked
 * artifact, AWS's runtime interface client, the function's memory and its environment variables,
 * and nothing else. It serves one invocation at a time.
 *
 * <p>Unlike on Lambda, the process is not frozen between invocations.
 */
public final class FunctionProcess implements FunctionInvoker, AutoCloseable {

  /** Lambda allows 10 s; a machine that is busy with other tests gets more. */
  private static final Duration INIT_LIMIT = Duration.ofSeconds(60);

  private final FunctionDefinition function;
  private final RuntimeApi api;
  private final ChildProcess process;
  private final Path log;

  private FunctionProcess(
      FunctionDefinition function, RuntimeApi api, ChildProcess process, Path log) {
    this.function = function;
    this.api = api;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts the process; returns before it is ready.
   *
   * @param environment variables besides those of the definition, which they go before
   * @param launch how to start it
   * @param taskRoot where the artifact is unpacked
   * @param folder an empty or missing folder for the log and the runtime's library
   */
  public static FunctionProcess start(
      FunctionDefinition function,
      AwsAccount account,
      Map<String, String> environment,
      Launch launch,
      Path taskRoot,
      Path folder)
      throws IOException {
    RuntimeApi api = RuntimeApi.start(account.functionArn(function.name()), function.timeout());
    try {
      Map<String, String> variables = new TreeMap<>(function.environment());
      variables.putAll(LambdaVariables.of(function, account, api.address(), taskRoot));
      if (launch.isSnapshotTaken()) {
        LambdaVariables.forSnapshot(variables);
      }
      variables.putAll(environment);
      Path log = folder.resolve("log");
      ChildProcess process =
          ChildProcess.start(
              function.name(),
              ManagedRuntime.command(function, variables, launch, folder),
              taskRoot,
              log);
      return new FunctionProcess(function, api, process, log);
    } catch (IOException | RuntimeException e) {
      api.close();
      throw e;
    }
  }

  /**
   * Returns when everything before the snapshot is done.
   *
   * @throws FunctionFailedException if that fails or takes more than 60 s
   */
  public void awaitSnapshot() {
    await(api.readyForSnapshot(), INIT_LIMIT, "prepare for a snapshot");
  }

  /** Continues as if it were restored from the snapshot. */
  public void restore() {
    api.restore();
  }

  /** The other ends of its open TCP connections, but for the runtime API; Linux only. */
  public List<String> connections() throws IOException {
    return Connections.of(process.pid()).stream()
        .filter(address -> !address.equals(api.address()))
        .toList();
  }

  /**
   * Returns when the function is constructed and asks for its first event.
   *
   * @throws FunctionFailedException if that fails or takes more than 60 s
   */
  public void awaitInit() {
    await(api.initialised(), INIT_LIMIT, "start");
  }

  /**
   * {@inheritDoc}
   *
   * @throws FunctionFailedException if it does not start, answers with an error, or takes longer
   *     than its timeout; the message holds what it logged
   */
  @Override
  public byte[] invoke(byte[] eventJson, String requestId) {
    awaitInit();
    return await(api.invoke(eventJson, requestId), function.timeout(), "answer");
  }

  /**
   * Ends the process normally, so that it can write its last output.
   *
   * @param limit the longest wait
   */
  public void exit(Duration limit) throws Exception {
    ProcessHandle handle = ProcessHandle.of(process.pid()).orElseThrow();
    handle.destroy();
    ProcessHandle unused = handle.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Kills the process with SIGKILL.
   *
   * @param limit the longest wait
   */
  public void kill(Duration limit) throws Exception {
    ProcessHandle handle = ProcessHandle.of(process.pid()).orElseThrow();
    handle.destroyForcibly();
    ProcessHandle unused = handle.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The most memory that the process has ever used, in bytes; Linux only. */
  public long peakMemoryBytes() throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElseThrow();
  }

  /** Returns all output of the function and its runtime so far. */
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return "cannot be read: " + e.getMessage();
    }
  }

  @Override
  public void close() {
    process.close();
    api.close();
  }

  private <T> T await(CompletableFuture<T> result, Duration limit, String what) {
    CompletableFuture<T> ended =
        process.onExit().thenCompose(status -> CompletableFuture.failedFuture(endedWith(status)));
    try {
      return result
          .applyToEither(ended, Function.identity())
          .get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw failed("did not " + what + ": " + e.getCause().getMessage(), e.getCause());
    } catch (TimeoutException e) {
      throw failed("did not " + what + " within " + limit, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("did not " + what + " before the caller was interrupted", e);
    }
  }

  private static IllegalStateException endedWith(int status) {
    return new IllegalStateException("its process ended with status " + status);
  }

  private FunctionFailedException failed(String how, Throwable cause) {
    return new FunctionFailedException(
        "%s %s; its log:%n%s".formatted(function.name(), how, log()), cause);
  }
}
