package dev.freshet.replay;

import static dev.freshet.lambdas.OrderJson.event;
import static dev.freshet.testing.EventJson.quoted;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.function.AggregatorHandler;
import dev.freshet.lambdas.CityDemandHandler;
import dev.freshet.lambdas.CityOrdersHandler;
import dev.freshet.lambdas.CourierAcceptTimeHandler;
import dev.freshet.lambdas.CourierHistoryHandler;
import dev.freshet.lambdas.CustomerHistoryHandler;
import dev.freshet.lambdas.CustomerWaitingTimeHandler;
import dev.freshet.lambdas.StoreDeliveryTimeHandler;
import dev.freshet.lambdas.StoreOrdersHandler;
import dev.freshet.lambdas.StorePreparationTimeHandler;
import dev.freshet.replay.events.EventSource;
import dev.freshet.testing.EventJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The reference catalogue, and files for it. */
final class Histories {

  static final long START = Instant.parse("2026-09-21T10:00:00Z").toEpochMilli();

  static final List<FeatureGroup> GROUPS =
      Stream.of(
              new CourierAcceptTimeHandler(),
              new CourierHistoryHandler(),
              new CustomerHistoryHandler(),
              new CustomerWaitingTimeHandler(),
              new StoreDeliveryTimeHandler(),
              new StorePreparationTimeHandler(),
              new StoreOrdersHandler(),
              new CityOrdersHandler(),
              new CityDemandHandler())
          .map(AggregatorHandler::groups)
          .flatMap(List::stream)
          .toList();

  /** The member of the events of the oracle and the online path for each dimension. */
  static final Map<String, String> MEMBERS =
      Map.of(
          "courier", "courierId",
          "customer", "customerId",
          "store", "storeId",
          "city", "cityCode");

  private Histories() {}

  /** An order of store 45. */
  static EventJson created(String id, long at) {
    return event("ORDER_CREATED", id, at).with("storeId", "45");
  }

  /** The delivery of an order of store 45 that took so long. */
  static String delivered(String id, long at, long seconds) {
    return event("ORDER_DELIVERED", id, at)
        .with("storeId", quoted("45"))
        .with("createdAt", Long.toString(at - seconds * 1_000))
        .with("deliveredAt", Long.toString(at))
        .toString();
  }

  static Path write(Path file, List<String> lines) throws IOException {
    return Files.write(file, String.join("\n", lines).concat("\n").getBytes(UTF_8));
  }

  /** Files whose events say their types. */
  static List<EventSource> files(Path... files) {
    return Arrays.stream(files).map(EventSource::of).toList();
  }

  static Replay replay(long memoryBytes) {
    return new Replay(GROUPS, Replay.TIME_TO_LIVE, memoryBytes, ReplayProgress.NONE);
  }
}
