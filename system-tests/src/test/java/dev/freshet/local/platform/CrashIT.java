package dev.freshet.local.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.aws.emulator.template.FunctionDefinition;
import dev.freshet.local.platform.CrashScene.Kind;
import dev.freshet.redis.Redis;
import dev.freshet.runtime.process.FunctionProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Kills functions at every step between a batch and its answer. The batch is then delivered again
 * to another process, like by the mapping: no event is lost or counts twice.
 */
@EnabledOnOs(OS.LINUX)
@Tag("nightly")
@Tag("verify")
class CrashIT {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String ALL_DONE = "{\"batchItemFailures\":[]}";
  private static final String ANSWERED = "answered, not told to the mapping";

  @TempDir private static Path folder;

  private static DeployedFunctions functions;
  private static StreamReader results;
  private static Checkpoints checkpoints;
  private static Tap redis;
  private static Tap featureStore;
  private static Tap kinesis;
  private static Tap stateMachines;

  @BeforeAll
  static void startServers() throws IOException {
    functions = new DeployedFunctions(folder);
    results = functions.reader("feature-results");
    checkpoints = new Checkpoints();
    redis = new Tap(port(functions.stateStoreUrl()), checkpoints);
    featureStore = new Tap(port(functions.featureStoreUrl()), checkpoints);
    kinesis = new Tap(functions.kinesis().getPort(), checkpoints);
    stateMachines = new Tap(functions.stateMachines().getPort(), checkpoints);
  }

  @AfterAll
  static void stopServers() throws IOException {
    for (Tap tap : List.of(redis, featureStore, kinesis, stateMachines)) {
      tap.close();
    }
    functions.close();
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"TIMELINE", "INDEX_AND_SNAPSHOT"})
  void nothingIsLostAndNothingCountsTwice(Kind kind) throws Exception {
    killEverywhere(kind);
  }

  /** These have the most steps by far, and take a minute or more. */
  @ParameterizedTest
  @EnumSource(names = {"TIMELINE", "INDEX_AND_SNAPSHOT"})
  void nothingOfATimelineIsLostOrCountsTwice(Kind kind) throws Exception {
    killEverywhere(kind);
  }

  private static void killEverywhere(Kind kind) throws Exception {
    FunctionDefinition function = functions.named(kind.function());
    try (FunctionProcess other = functions.start(function, kind.settings())) {
      List<String> points = pointsOf(kind, other);
      assertThat(points).containsSubsequence(kind.points());
      FunctionProcess next = start(kind);
      for (int number = 0; number <= points.size(); number++) {
        try (FunctionProcess process = next) {
          next = start(kind); // starts while the other one dies
          String point = number < points.size() ? points.get(number) : ANSWERED;
          CrashScene scene = new CrashScene(kind, functions, results);
          forgetAll();
          scene.before(other);
          killAt(number, point, process, scene.batch());
          scene.meanwhile(other);
          assertThat(invoke(other, scene.batch())).as(other::log).isEqualTo(ALL_DONE);
          System.out.printf("%-18s %-30s %s%n", kind, point, scene.outcome());
        }
      }
      next.close();
    }
  }

  /** Runs one process to its end, to record the points that it passes. */
  private static List<String> pointsOf(Kind kind, FunctionProcess other) throws Exception {
    forgetAll();
    CrashScene scene = new CrashScene(kind, functions, results);
    scene.before(other);
    checkpoints.count();
    try (FunctionProcess process = start(kind)) {
      assertThat(invoke(process, scene.batch())).as(process::log).isEqualTo(ALL_DONE);
      return checkpoints.passed();
    }
  }

  private static void killAt(int number, String point, FunctionProcess process, byte[] batch)
      throws Exception {
    process.awaitInit();
    CompletableFuture<String> held = checkpoints.choose(number);
    CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> invoke(process, batch));
    if (point.equals(ANSWERED)) {
      assertThat(answer.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS)).isEqualTo(ALL_DONE);
    } else {
      assertThat(held.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS)).isEqualTo(point);
      assertThat(answer).isNotDone();
    }
    process.kill(LIMIT);
    checkpoints.count();
  }

  private static String invoke(FunctionProcess process, byte[] batch) {
    return new String(process.invoke(batch, UUID.randomUUID().toString()), StandardCharsets.UTF_8);
  }

  /** Starts a process that passes all checkpoints. */
  private static FunctionProcess start(Kind kind) {
    Map<String, String> settings = new HashMap<>(kind.settings());
    settings.put("STATE_STORE_URL", "redis://127.0.0.1:" + redis.port());
    settings.put("FEATURE_STORE_URL", "redis://127.0.0.1:" + featureStore.port());
    settings.put("AWS_ENDPOINT_URL_KINESIS", "http://127.0.0.1:" + kinesis.port());
    settings.put("AWS_ENDPOINT_URL_SFN", "http://127.0.0.1:" + stateMachines.port());
    return functions.start(functions.named(kind.function()), settings);
  }

  /** Flushes scripts too, so that each process passes the same points. */
  private static void forgetAll() {
    functions.forgetAll();
    for (String url : List.of(functions.stateStoreUrl(), functions.featureStoreUrl())) {
      try (Redis direct = Redis.at(url, LIMIT)) {
        String unused = direct.ask(commands -> commands.scriptFlush());
      }
    }
  }

  private static int port(String url) {
    return Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));
  }
}
