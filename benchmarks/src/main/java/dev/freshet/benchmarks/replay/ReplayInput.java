package dev.freshet.benchmarks.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.city.SimulatedCity;
import dev.freshet.city.SteadyCity;
import dev.freshet.operations.events.OutgoingEvent;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;

/** Events and a spine to replay. */
record ReplayInput(String name, Path events, Path spine) {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration TIME = Duration.ofDays(28);
  private static final int EVENTS_OF_ORDER = 4;
  private static final int STORES = 3_000;
  private static final int COURIERS = 5_000;
  private static final int CUSTOMERS = 100_000;
  private static final int TOWNS = 10;

  /** Generates the events of four weeks, and a spine of random entities and instants. */
  static ReplayInput generated(Path folder, long events, int rows) throws IOException {
    Path into = folder.resolve("generated-" + events);
    ReplayInput input =
        new ReplayInput(
            "generated orders", into.resolve("events.jsonl"), into.resolve("spine.csv"));
    if (!Files.exists(input.spine)) {
      Files.createDirectories(into);
      Instant end = writeEvents(input.events, events);
      writeSpine(input.spine, rows, end);
    }
    return input;
  }

  private static Instant writeEvents(Path file, long count) throws IOException {
    double ordersPerSecond = (double) count / EVENTS_OF_ORDER / TIME.toSeconds();
    SimulatedCity city =
        new SteadyCity(COURIERS, STORES, TOWNS, 0.6, ordersPerSecond, 1).from(START);
    Instant end = START;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      for (long i = 0; i < count; i++) {
        OutgoingEvent event = city.next();
        out.write(event.json());
        out.write('\n');
        end = event.occurredAt().orElse(end);
      }
    }
    return end;
  }

  private static void writeSpine(Path file, int rows, Instant end) throws IOException {
    SplittableRandom random = new SplittableRandom(2);
    long[] instants = new long[rows];
    Arrays.setAll(instants, i -> random.nextLong(START.toEpochMilli(), end.toEpochMilli()));
    Arrays.sort(instants);
    try (Writer out = Files.newBufferedWriter(file)) {
      out.write("order,store,city,courier,customer,at,label\n");
      for (int i = 0; i < rows; i++) {
        int store = random.nextInt(STORES);
        out.write(
            "o%d,%d,C%d,%d,%d,%s,%d%n"
                .formatted(
                    i,
                    store,
                    store % TOWNS,
                    random.nextInt(COURIERS),
                    random.nextInt(CUSTOMERS),
                    Instant.ofEpochMilli(instants[i]),
                    random.nextInt(60)));
      }
    }
  }

  /** Makes a spine of the orders that a gzipped file of the reference events says were created. */
  static ReplayInput ofOrders(Path folder, Path events) throws IOException {
    Files.createDirectories(folder);
    Path spine = folder.resolve("orders.csv");
    ObjectMapper json = new ObjectMapper();
    try (BufferedReader in =
            new BufferedReader(
                new InputStreamReader(
                    new GZIPInputStream(Files.newInputStream(events)), StandardCharsets.UTF_8));
        Writer out = Files.newBufferedWriter(spine)) {
      out.write("order,store,city,at\n");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        JsonNode event = json.readTree(line);
        if (event.path("eventType").asText().equals("ORDER_CREATED")) {
          out.write(
              "%s,%s,%s,%s%n"
                  .formatted(
                      event.path("orderId").asText(),
                      event.path("storeId").asText(),
                      event.path("cityCode").asText(),
                      event.path("occurredAt").asText()));
        }
      }
    }
    return new ReplayInput("real orders", events, spine);
  }

  /** Returns the flights that {@code examples/flights/events.py} wrote. */
  static ReplayInput ofFlights(Path folder) {
    return new ReplayInput(
        "real flights", folder.resolve("events.jsonl.gz"), folder.resolve("spine.parquet"));
  }
}
