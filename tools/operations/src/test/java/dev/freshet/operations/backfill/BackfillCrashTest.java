package dev.freshet.operations.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.aws.emulator.process.DynamoDbEmulator;
import dev.freshet.metrics.Metrics;
import dev.freshet.operations.history.Cards;
import dev.freshet.operations.history.Cards.Payment;
import dev.freshet.operations.history.HistoryScene;
import dev.freshet.redis.Redis;
import dev.freshet.replay.ReplayProgress;
import dev.freshet.replay.events.EventSource;
import dev.freshet.state.Archive;
import dev.freshet.state.StateStoreException;
import dev.freshet.state.dynamodb.DynamoDbArchive;
import dev.freshet.state.redis.RedisDueKeys;
import dev.freshet.state.redis.RedisStateStore;
import dev.freshet.stream.Retries;
import dev.freshet.testing.redis.DyingGateway;
import dev.freshet.testing.redis.TestRedis;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Interrupts a backfill at each request to Redis or DynamoDB, before and after the server has it,
 * while live events go on; then runs it again. Nothing may be lost or counted twice.
 */
@Tag("verify")
@Tag("nightly")
class BackfillCrashTest {

  private static final long SEED = new Random().nextLong();
  private static final long HOUR = 3_600_000;
  private static final int CARDS = 8;
  private static final Duration ANSWER = Duration.ofMillis(400);

  @TempDir private static Path work;
  private static DynamoDbEmulator emulator;

  @TempDir private Path folder;
  private int recordsRead;

  @BeforeAll
  static void start() throws IOException {
    emulator = HistoryScene.emulator(work);
  }

  @AfterAll
  static void stop() {
    emulator.close();
  }

  @Test
  void atEachRequestToRedis() throws IOException {
    System.out.println("seed " + SEED);
    int request = 0;
    while (interruptRedis(request, false) && interruptRedis(request, true)) {
      request++;
    }
    System.out.println(request + " requests to Redis");
    assertThat(recordsRead).isPositive();
    assertThat(request).isGreaterThan(10);
  }

  @Test
  void atEachRequestToDynamoDb() throws IOException {
    System.out.println("seed " + SEED);
    int request = 0;
    while (interruptDynamoDb(request, false) && interruptDynamoDb(request, true)) {
      request++;
    }
    System.out.println(request + " requests to DynamoDB");
    assertThat(request).isGreaterThan(CARDS);
  }

  private boolean interruptRedis(int request, boolean isSent) throws IOException {
    int port = URI.create(TestRedis.url()).getPort();
    try (HistoryScene scene = new HistoryScene(Cards.GROUP, emulator);
        DyingGateway gateway = new DyingGateway(port, request, isSent);
        Redis cut = Redis.at(gateway.url(), ANSWER)) {
      check(scene, cut, scene.archive(), "Redis", request);
      return gateway.isDead();
    }
  }

  private boolean interruptDynamoDb(int request, boolean isSent) throws IOException {
    try (HistoryScene scene = new HistoryScene(Cards.GROUP, emulator);
        DyingGateway gateway = new DyingGateway(emulator.endpoint().getPort(), request, isSent);
        DynamoDbClient cut = client(gateway)) {
      Archive archive = new DynamoDbArchive(cut, scene.table, scene.group, Metrics.NONE);
      check(scene, scene.redis, archive, "DynamoDB", request);
      return gateway.isDead();
    }
  }

  private static DynamoDbClient client(DyingGateway gateway) {
    return DynamoDbClient.builder()
        .endpointOverride(URI.create("http://127.0.0.1:" + gateway.port()))
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .overrideConfiguration(
            call ->
                call.apiCallTimeout(Duration.ofSeconds(2))
                    .retryStrategy(retry -> retry.maxAttempts(1)))
        .build();
  }

  /** Runs until the cut, lets live events arrive, runs to the end, and compares. */
  private void check(HistoryScene scene, Redis redis, Archive archive, String server, int request)
      throws IOException {
    Random random = new Random(SEED + request);
    scene.state("0");
    long seam = store(scene, scene.redis, scene.archive()).seam().orElseThrow();
    scene.clock.set(seam + HOUR);
    List<Payment> all = past(seam, random);
    Path file = folder.resolve("past.jsonl");
    HistoryScene.write(file, all);
    live(scene, seam, "before", random);
    try {
      run(scene, redis, archive, file, pause -> advance(scene, pause, true));
    } catch (StateStoreException | IllegalStateException e) {
      var unused = Thread.interrupted();
      scene.restart();
      checkRecords(scene, all);
      live(scene, seam, "between", random);
    }
    scene.restart();
    run(scene, scene.redis, scene.archive(), file, pause -> advance(scene, pause, false));
    live(scene, seam, "after", random);

    all.addAll(scene.live);
    for (int card = 0; card <= CARDS; card++) {
      String name = Integer.toString(card);
      scene.check(name, all);
      scene.recalculate(List.of(name));
      assertThat(scene.published.get(name).completeSince())
          .as("%s of request %d to %s", name, request, server)
          .isEmpty();
    }
    scene.sleep();
    scene.restart();
    for (int card = 0; card <= CARDS; card++) {
      scene.check(Integer.toString(card), all);
    }
  }

  /** What was appended before the interruption is read by functions, though no snapshot has it. */
  private void checkRecords(HistoryScene scene, List<Payment> past) {
    List<Payment> all = new ArrayList<>(past);
    all.addAll(scene.live);
    for (int card = 0; card < CARDS; card++) {
      if (hasRecordOfPast(scene, Integer.toString(card))) {
        recordsRead++;
        scene.checkFeatures(Integer.toString(card), all);
      }
    }
  }

  private static boolean hasRecordOfPast(HistoryScene scene, String card) {
    return scene.redis.<List<byte[]>>ask(commands -> commands.keys("state:*:" + card)).stream()
        .map(key -> scene.redis.<List<byte[]>>ask(commands -> commands.lrange(key, 2, -1)))
        .flatMap(List::stream)
        .anyMatch(BackfillCrashTest::isPast);
  }

  /** A tag of 4 bytes, the length in 7 bits a byte, and 0 instead of a fingerprint. */
  private static boolean isPast(byte[] element) {
    ByteBuffer in = ByteBuffer.wrap(element, 4, element.length - 4);
    while (in.get() < 0) {
      // the length goes on
    }
    return in.getInt() == 0;
  }

  private static void advance(HistoryScene scene, Duration pause, boolean isInterrupted)
      throws InterruptedException {
    if (isInterrupted && pause.compareTo(RedisStateStore.BACKFILL_KNOWN_AFTER) < 0) {
      throw new InterruptedException();
    }
    scene.clock.set(scene.clock.millis() + pause.toMillis());
  }

  private static RedisStateStore store(HistoryScene scene, Redis redis, Archive archive) {
    return RedisStateStore.joining(scene.group, redis, HistoryScene.TTL, archive, Metrics.NONE);
  }

  private static void run(
      HistoryScene scene, Redis redis, Archive archive, Path file, Retries.Sleeper sleeper)
      throws IOException {
    RedisStateStore store = store(scene, redis, archive);
    Backfill backfill =
        new Backfill(
            scene.group,
            store,
            new RedisDueKeys(scene.group, redis, Duration.ofSeconds(10)),
            scene.recalculator(store, archive, scene::publish),
            scene::readLive,
            new Backfill.Options(false, 3, SEED, Optional.empty()),
            scene.clock,
            sleeper,
            new PrintWriter(new StringWriter(), true));
    var seam = backfill.seam();
    if (seam.isEmpty()) {
      backfill.completeAll();
      return;
    }
    assertThat(
            backfill.fromFiles(
                seam.getAsLong(),
                List.of(EventSource.of(file)),
                scene.group.eventTypes(),
                ReplayProgress.NONE))
        .isTrue();
  }

  private static void live(HistoryScene scene, long seam, String name, Random random) {
    for (int i = 0; i < 6; i++) {
      scene.clock.set(scene.clock.millis() + random.nextInt((int) HOUR));
      long at = Math.max(seam + 1, scene.clock.millis() - random.nextInt((int) HOUR));
      String card = Integer.toString(random.nextInt(CARDS + 1));
      scene.arrive(new Payment(name + i, card, at, random.nextInt(100)));
    }
    scene.arrive(new Payment(name + "-new", Integer.toString(CARDS), scene.clock.millis(), 5));
  }

  private static List<Payment> past(long seam, Random random) {
    List<Payment> past = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      long at = seam - (long) (random.nextDouble() * 60 * Cards.DAY);
      past.add(new Payment("past-" + i, Integer.toString(i % CARDS), at, random.nextInt(100)));
    }
    past.add(new Payment("at-seam", "0", seam, 1));
    return past;
  }
}
