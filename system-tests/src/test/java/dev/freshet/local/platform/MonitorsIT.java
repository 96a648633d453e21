package dev.freshet.local.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.aws.emulator.function.Artifacts;
import dev.freshet.aws.emulator.function.FunctionInvoker;
import dev.freshet.aws.emulator.function.JarFunction;
import dev.freshet.aws.emulator.function.Schedules;
import dev.freshet.aws.emulator.template.FunctionDefinition;
import dev.freshet.aws.emulator.template.ScheduleDefinition;
import dev.freshet.datadog.FakeDatadog;
import dev.freshet.featurestore.client.EntityKey;
import dev.freshet.quality.drift.Baselines;
import dev.freshet.quality.drift.Drift;
import dev.freshet.quality.drift.WatchedFeature;
import dev.freshet.redis.Redis;
import dev.freshet.testing.redis.TestRedis;
import dev.freshet.testing.redis.TestServer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests the data monitors from their jar, called by a schedule. */
@Tag("verify")
class MonitorsIT {

  private static final Clock CLOCK = Clock.systemUTC();
  private static final String NAME = "freshet-local-data-monitors";
  private static final WatchedFeature SUM =
      new WatchedFeature("g:sum", "place", WatchedFeature.Kind.NUMBER);

  @Test
  void theScheduleSendsGaugesOfEachFeature() throws Exception {
    TestServer server = TestRedis.startServer();
    String url = "redis://127.0.0.1:" + server.port();
    try (Redis store = Redis.at(url, Duration.ofSeconds(30));
        FakeDatadog intake = new FakeDatadog()) {
      fill(store, 1);
      Baselines.write(
          store, new Drift(store, List.of(SUM), 1_000, new Random(1), CLOCK).baselines());
      fill(store, 3);
      Map<String, String> settings =
          Map.of(
              "FEATURE_STORE_URL",
              url,
              "DD_API_KEY",
              "0123456789abcdef0123456789abcdef",
              "DD_URL",
              intake.url(),
              "aws.region",
              "eu-central-1");
      settings.forEach(System::setProperty);
      BlockingQueue<String> answers = new LinkedBlockingQueue<>();
      Schedules schedules = start(answers);
      try {
        assertThat(answers.poll(1, TimeUnit.MINUTES))
            .isEqualTo("\"compared 1 of 1 features: 1 have shifted\"");
      } finally {
        schedules.close();
        settings.keySet().forEach(System::clearProperty);
      }
      assertThat(intake.values("freshet.drift.psi", "feature:g:sum").get(0)).isGreaterThan(0.25);
      assertThat(intake.values("freshet.drift.absent", "feature_group:g").get(0)).isZero();
      assertThat(intake.values("freshet.drift.change", "feature:g:sum").get(0)).isGreaterThan(1);
    } finally {
      server.stop();
    }
  }

  private static Schedules start(BlockingQueue<String> answers) {
    Path jar = DeployedFunctions.ROOT.resolve("quality/target/quality.jar");
    FunctionDefinition function =
        new FunctionDefinition(
            NAME,
            "dev.freshet.quality.drift.DriftHandler",
            jar,
            512,
            Duration.ofMinutes(1),
            Map.of());
    FunctionInvoker deployed =
        new JarFunction(function, new Artifacts().loaderOf(jar), DeployedFunctions.ACCOUNT, CLOCK);
    return Schedules.start(
        List.of(new ScheduleDefinition("hourly", NAME, Duration.ofMillis(100))),
        Map.of(
            NAME,
            (event, id) -> {
              byte[] answer = deployed.invoke(event, id);
              answers.add(new String(answer, UTF_8));
              return answer;
            }),
        DeployedFunctions.ACCOUNT,
        CLOCK);
  }

  private static void fill(Redis store, int factor) {
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      byte[] key = EntityKey.of("place", "p" + i);
      byte[] value = Double.toString(factor * random.nextDouble()).getBytes(UTF_8);
      assertThat(store.<Boolean>ask(redis -> redis.hset(key, "g:sum".getBytes(UTF_8), value)))
          .isNotNull();
    }
  }
}
