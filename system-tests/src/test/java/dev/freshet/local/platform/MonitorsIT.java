package dev.freshet.local.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.aws.emulator.process.KinesisServer;
import dev.freshet.aws.emulator.process.TestKinesis;
import dev.freshet.aws.emulator.template.FunctionDefinition;
import dev.freshet.aws.emulator.template.StreamDefinition;
import dev.freshet.datadog.FakeDatadog;
import dev.freshet.featurestore.client.EntityKey;
import dev.freshet.lambdas.OrderJson;
import dev.freshet.quality.audit.AuditHandler;
import dev.freshet.quality.drift.Baselines;
import dev.freshet.quality.drift.Drift;
import dev.freshet.quality.drift.DriftHandler;
import dev.freshet.quality.drift.WatchedFeature;
import dev.freshet.redis.Redis;
import dev.freshet.runtime.process.FunctionProcess;
import dev.freshet.runtime.process.Launch;
import dev.freshet.runtime.process.TaskRoots;
import dev.freshet.testing.redis.TestRedis;
import dev.freshet.testing.redis.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * Tests the functions that are off by default, data monitors and audit, as Lambda runs them: from
 * their jar, with AWS's runtime interface client.
 */
@EnabledOnOs(OS.LINUX)
@Tag("verify")
class MonitorsIT {

  private static final Clock CLOCK = Clock.systemUTC();
  private static final Path JAR = DeployedFunctions.ROOT.resolve("quality/target/quality.jar");
  private static final WatchedFeature SUM =
      new WatchedFeature("g:sum", "place", WatchedFeature.Kind.NUMBER);

  @TempDir static Path folder;

  private final Map<String, String> environment = new HashMap<>();
  private TestServer server;
  private Redis store;
  private FakeDatadog intake;

  @BeforeEach
  void start() throws IOException {
    server = TestRedis.startServer();
    String url = "redis://127.0.0.1:" + server.port();
    store = Redis.at(url, Duration.ofSeconds(30));
    intake = new FakeDatadog();
    environment.putAll(
        Map.of(
            "FEATURE_STORE_URL",
            url,
            "DD_API_KEY",
            "0123456789abcdef0123456789abcdef",
            "DD_URL",
            intake.url()));
  }

  @AfterEach
  void stop() {
    intake.close();
    store.close();
    server.stop();
  }

  @Test
  void dataMonitorsSendGaugesOfEachFeature() throws Exception {
    fill(1);
    Baselines.write(store, new Drift(store, List.of(SUM), 1_000, new Random(1), CLOCK).baselines());
    fill(3);

    assertThat(answerOf("data-monitors", DriftHandler.class))
        .isEqualTo("\"compared 1 of 1 features: 1 have shifted\"");

    assertThat(intake.values("freshet.drift.psi", "feature:g:sum").get(0)).isGreaterThan(0.25);
    assertThat(intake.values("freshet.drift.absent", "feature_group:g").get(0)).isZero();
    assertThat(intake.values("freshet.drift.change", "feature:g:sum").get(0)).isGreaterThan(1);
  }

  @Test
  void theAuditComparesWhatIsServedWithTheStreams() throws Exception {
    try (KinesisServer streams =
            TestKinesis.start(
                TestRedis.freePort(), DeployedFunctions.ROOT, folder.resolve("kinesis"));
        KinesisClient kinesis = LocalKinesis.connect(streams.endpoint())) {
      List<StreamDefinition> created = DeployedFunctions.template().streams();
      LocalKinesis.create(kinesis, created);
      environment.put("AWS_ENDPOINT_URL_KINESIS", streams.endpoint().toString());
      environment.put(
          "EVENT_STREAMS",
          created.stream()
              .map(each -> each.name() + "=" + each.name())
              .collect(Collectors.joining(",")));
      for (int i = 0; i < 50; i++) {
        deliver(kinesis, "e" + i, "k7", 12);
      }
      serve("k7", Map.of("count", "50", "mean", "12", "stddev", "0", "p90", "12"));

      assertThat(answerOf("audit", AuditHandler.class))
          .contains("compared 5 values of 1 entities with 50 events", " 0 unexplained");
    }

    String group = "feature_group:courier_accept_time";
    assertThat(intake.values("freshet.audit.compared", group)).containsExactly(5.0);
    assertThat(intake.values("freshet.audit.unexplained", group)).isEmpty();
  }

  /** Returns the answer to a call by a schedule. */
  private String answerOf(String name, Class<?> handler) throws IOException {
    FunctionDefinition function =
        new FunctionDefinition(
            "freshet-local-" + name, handler.getName(), JAR, 512, Duration.ofMinutes(1), Map.of());
    try (FunctionProcess process =
        FunctionProcess.start(
            function,
            DeployedFunctions.ACCOUNT,
            environment,
            Launch.MANAGED,
            TaskRoots.unpack(Set.of(JAR), folder.resolve(name)).of(JAR),
            folder.resolve(name + "-process"))) {
      byte[] event = "{\"detail-type\":\"Scheduled Event\",\"detail\":{}}".getBytes(UTF_8);
      return new String(process.invoke(event, "request-1"), UTF_8);
    }
  }

  private void fill(int factor) {
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      set("place", "p" + i, "g:sum", Double.toString(factor * random.nextDouble()));
    }
  }

  private static void deliver(
      KinesisClient kinesis, String id, String courier, long acceptSeconds) {
    byte[] event = OrderJson.delivery(id, CLOCK.millis(), courier, acceptSeconds).bytes();
    var unused =
        kinesis.putRecord(
            call ->
                call.streamName("order-delivered")
                    .partitionKey(courier)
                    .data(SdkBytes.fromByteArray(event)));
  }

  private void serve(String courier, Map<String, String> features) {
    features.forEach(
        (name, value) -> set("courier", courier, "courier_accept_time:" + name, value));
    set("courier", courier, "courier_accept_time:@computed_at", Long.toString(CLOCK.millis()));
  }

  private void set(String dimension, String id, String field, String value) {
    byte[] key = EntityKey.of(dimension, id);
    assertThat(
            store.<Boolean>ask(
                redis -> redis.hset(key, field.getBytes(UTF_8), value.getBytes(UTF_8))))
        .isNotNull();
  }
}
