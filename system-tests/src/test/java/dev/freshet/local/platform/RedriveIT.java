package dev.freshet.local.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cli.command.RedriveCommand;
import dev.freshet.definition.Catalogue;
import dev.freshet.oracle.Arrival;
import dev.freshet.oracle.Oracle;
import dev.freshet.oracle.OracleEvent;
import dev.freshet.oracle.RandomHistory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.Shard;

/**
 * Tests that refused events can be put back once their cause is corrected, and that each counts
 * once.
 */
@Tag("nightly")
@Tag("verify")
class RedriveIT {

  private static final long MINUTE = 60_000;
  private static final Duration AHEAD = Duration.ofHours(1).plusSeconds(40);
  private static final int REFUSED = 3;
  private static final String KEY = "a key: {of} its own";

  /** Of each group that reads deliveries, or created orders, where two pieces of garbage go. */
  private static final long LETTERS =
      REFUSED * readers("ORDER_DELIVERED") + 2 * readers("ORDER_CREATED");

  @TempDir private Path folder;

  @Test
  void refusedEventsCountOnceHoweverOftenTheyArePutBack() throws IOException {
    try (TestPlatform platform = new TestPlatform()) {
      long now = TestPlatform.CLOCK.millis();
      Instant valid = Instant.ofEpochMilli(now).plus(AHEAD);
      List<String> lines = lines(now, valid);
      put(platform, lines);
      put(platform, List.of(Garbage.NOT_JSON.line(now), Garbage.MISSING_MEMBER.line(now)));
      platform.awaitDone();
      awaitLetters(platform, LETTERS);

      Ended listed = redrive(platform);
      assertThat(listed.out()).contains("TOO_FAR_AHEAD", "NOT_JSON", "order-delivered", "--replay");
      assertThat(listed.out()).contains("%d dead letters, 5 distinct".formatted(LETTERS));
      Ended filtered =
          redrive(platform, "--feature-group", "city_demand", "--stream", "order-created");
      assertThat(filtered.out()).contains("2 dead letters").doesNotContain("TOO_FAR_AHEAD");
      assertThat(redrive(platform, "--until", "2020-01-01T00:00:00Z").out()).contains("0 dead");
      assertThat(platform.counters().deadLetters()).as("listing puts nothing").isEqualTo(LETTERS);

      Instant acceptable = valid.minus(Duration.ofHours(1));
      TestPlatform.await(
          () -> TestPlatform.CLOCK.instant().isAfter(acceptable), Duration.ofSeconds(60));
      long before = platform.counters().events();
      assertThat(redrive(platform, "--reason", "TOO_FAR_AHEAD", "--replay").out())
          .contains(REFUSED + " distinct records: put back");
      check(platform, lines);
      assertThat(platform.counters().events()).isEqualTo(before + REFUSED);
      assertThat(platform.counters().deadLetters()).isEqualTo(LETTERS);
      assertThat(platform.store().read("courier", "late-one", "courier_accept_time:count"))
          .containsEntry("courier_accept_time:count", (double) REFUSED);

      for (int again = 0; again < 2; again++) {
        assertThat(redrive(platform, "--replay").out()).contains("5 distinct records: put back");
        check(platform, lines);
      }
      assertThat(partitionKeys(platform, "order-delivered")).containsExactly(KEY);
    }
  }

  @Test
  void discardedBatchesAreReadFromTheirShardAndPutAgain() throws IOException {
    long now = TestPlatform.CLOCK.millis();
    try (TestPlatform platform = new TestPlatform()) {
      List<String> lines = List.of(delivery(0, now), delivery(1, now), delivery(2, now));
      List<PutRecordResponse> places = put(platform, lines);
      put(platform, List.of(delivery(3, now)));
      platform.awaitDone();
      Path documents = folder.resolve("discarded.jsonl");
      Files.writeString(documents, document(places.get(0), places.get(2), 3));

      assertThat(redrive(platform, "--discarded", documents.toString()).out())
          .contains("1 discarded batches, 3 distinct records: nothing was put");
      long before = platform.counters().events();
      assertThat(redrive(platform, "--discarded", documents.toString(), "--replay").out())
          .contains("1 discarded batches, 3 distinct records: put back");
      platform.awaitDone();
      assertThat(platform.counters().events()).isEqualTo(before + 3);
      assertThat(platform.store().read("courier", "late-one", "courier_accept_time:count"))
          .containsEntry("courier_accept_time:count", 4.0);

      Files.writeString(documents, document(places.get(0), places.get(2), 9));
      assertThat(redrive(platform, "--discarded", documents.toString()).exit()).isEqualTo(1);
    }
  }

  /** Random events, and deliveries that are refused until their time is at most an hour ahead. */
  private static List<String> lines(long now, Instant ahead) {
    List<String> lines = new ArrayList<>();
    for (Arrival arrival : new RandomHistory(11, now - 190 * MINUTE).arrivals(60)) {
      if (OracleEvent.parse(arrival.json()).occurredAt() <= now + 50 * MINUTE) {
        lines.add(arrival.json());
      }
    }
    for (int i = 0; i < REFUSED; i++) {
      lines.add(delivery(i, ahead.toEpochMilli()));
    }
    return lines;
  }

  private static long readers(String type) {
    return Catalogue.load().groups().stream()
        .filter(each -> each.eventTypes().stream().anyMatch(read -> read.name().equals(type)))
        .count();
  }

  private static void awaitLetters(TestPlatform platform, long letters) {
    TestPlatform.await(() -> platform.counters().deadLetters() == letters, Duration.ofSeconds(60));
  }

  private static void check(TestPlatform platform, List<String> lines) {
    platform.awaitDone();
    Oracle oracle = new Oracle(lines.stream().map(OracleEvent::parse).toList());
    Expectations expectations = new Expectations(oracle, platform.store());
    expectations.checkAllGroups();
    assertThat(expectations.compared()).isGreaterThan(100);
  }

  private static String delivery(int number, long at) {
    return """
        {"eventId":"late-%d","eventType":"ORDER_DELIVERED","orderId":"late-%d","occurredAt":%d,\
        "courierId":"late-one","courierRequestedAt":1700000000000,"courierAcceptedAt":%d}"""
        .formatted(number, number, at, 1_700_000_001_000L + number * 1_000L);
  }

  /**
   * Puts each line into the stream of its type; a line without a type goes into that of created
   * orders.
   */
  private static List<PutRecordResponse> put(TestPlatform platform, List<String> lines) {
    List<PutRecordResponse> places = new ArrayList<>();
    for (String line : lines) {
      String stream =
          line.contains("storeId") || line.contains("courierId")
              ? line.replaceAll("(?s).*\"ORDER_([A-Z]+)\".*", "order-$1").toLowerCase(Locale.ROOT)
              : "order-created";
      places.add(
          platform
              .kinesis()
              .putRecord(
                  call ->
                      call.streamName(stream)
                          .partitionKey(KEY)
                          .data(SdkBytes.fromString(line, UTF_8))));
    }
    return places;
  }

  private static Set<String> partitionKeys(TestPlatform platform, String stream) {
    KinesisClient kinesis = platform.kinesis();
    Set<String> keys = new TreeSet<>();
    for (Shard shard : kinesis.listShards(call -> call.streamName(stream)).shards()) {
      String oldest =
          kinesis
              .getShardIterator(
                  call ->
                      call.streamName(stream)
                          .shardId(shard.shardId())
                          .shardIteratorType("TRIM_HORIZON"))
              .shardIterator();
      kinesis
          .getRecords(call -> call.shardIterator(oldest))
          .records()
          .forEach(each -> keys.add(each.partitionKey()));
    }
    return keys;
  }

  private static String document(PutRecordResponse first, PutRecordResponse last, int size) {
    return """
        {"requestContext":{"requestId":"r","functionArn":"arn","condition":"RetryAttemptsExhausted",
          "approximateInvokeCount":100},"version":"1.0","timestamp":"2026-05-04T12:00:00.000Z",
         "KinesisBatchInfo":{"shardId":"%s","startSequenceNumber":"%s","endSequenceNumber":"%s",
          "approximateArrivalOfFirstRecord":"2026-05-04T12:00:00Z","batchSize":%d,
          "approximateArrivalOfLastRecord":"2026-05-04T12:00:00Z",
          "streamArn":"arn:aws:kinesis:us-east-1:000000000000:stream/order-delivered"}}
        """
        .formatted(first.shardId(), first.sequenceNumber(), last.sequenceNumber(), size);
  }

  private record Ended(int exit, String out) {}

  private static Ended redrive(TestPlatform platform, String... options) {
    StringWriter out = new StringWriter();
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.add("--endpoint=" + platform.platform().kinesisEndpoint());
    int exit =
        new CommandLine(new RedriveCommand(TestPlatform.CLOCK))
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(out))
            .execute(arguments.toArray(String[]::new));
    return new Ended(exit, out.toString());
  }
}
