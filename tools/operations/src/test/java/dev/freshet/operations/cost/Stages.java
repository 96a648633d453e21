package dev.freshet.operations.cost;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Window.last;
import static dev.freshet.definition.Window.minutes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.definition.Entity;
import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.format.EventFormat;
import dev.freshet.input.Input;
import dev.freshet.operations.history.Cards;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A small stage: two streams, two groups of one entity, and prices and figures that are round. */
final class Stages {

  static final EventType OPENED = new EventType("OPENED", "opened", EventFormat.reference());
  static final EventType CLOSED = new EventType("CLOSED", "closed", EventFormat.reference());
  static final Entity DOOR = Entity.named("door").by("doorId");
  static final List<FeatureGroup> GROUPS =
      List.of(
          FeatureGroup.named("door_last")
              .dimension(DOOR)
              .reads(OPENED)
              .value(Input.amount("force"))
              .over(last(5), count())
              .build(),
          FeatureGroup.named("door_traffic")
              .dimension(DOOR)
              .reads(OPENED, CLOSED)
              .over(minutes(5), count())
              .build());

  private static final String SERVICE =
      """
      {"provider": {"memorySize": 1024, "timeout": 60, "tracing": {"lambda": false},
                    "logs": {"lambda": {"systemLogLevel": "WARN"}}},
       "custom": {"event-streams": {"shards": 2, "retention-hours": 24,
                                    "arns": {"opened": null, "closed": null}},
                  "output-streams": {"feature-results": {"shards": 1, "retention-hours": 24},
                                     "dead-letters": {"shards": 1, "retention-hours": 24}},
                  "mapping": {"consumer": "shared", "batchSize": 500, "batchWindow": 1,
                              "parallelizationFactor": 1}},
       "functions": {"door-last": {"reads": ["opened"]},
                     "door-traffic": {"reads": ["opened", "closed"]},
                     "feature-store-subscriber": {"reads": ["feature-results"]},
                     "recalculation": {"memorySize": 512},
                     "recalculation-watchdog": {}}}
      """;

  private static final Map<String, String> STACK =
      Map.of(
          "NodeType", "cache.small",
          "Engine", "redis",
          "StateStoreShards", "1",
          "FeatureStoreShards", "1",
          "ReplicasPerShard", "1");

  private static final String PRICES =
      """
      {"date": "2026-01-01", "region": "here", "prices": {
        "kinesis.shard": {"dollars": 1, "lookedUp": true},
        "kinesis.retention": {"dollars": 2, "lookedUp": true},
        "kinesis.long-retention": {"dollars": 3, "lookedUp": true},
        "kinesis.put": {"dollars": 4, "lookedUp": true},
        "kinesis.consumer": {"dollars": 5, "lookedUp": true},
        "kinesis.consumer-gigabyte": {"dollars": 6, "lookedUp": true},
        "lambda.request": {"dollars": 7, "lookedUp": true},
        "lambda.gigabyte-second": {"dollars": 0.001, "lookedUp": true},
        "step-functions.transition": {"dollars": 9, "lookedUp": true},
        "dynamodb.write": {"dollars": 10, "lookedUp": true},
        "dynamodb.recovery": {"dollars": 11, "lookedUp": true},
        "dynamodb.storage": {"dollars": 12, "lookedUp": true},
        "cloudwatch.log": {"dollars": 13, "lookedUp": true},
        "cloudwatch.alarm": {"dollars": 14, "lookedUp": true},
        "xray.trace": {"dollars": 15, "lookedUp": false},
        "secrets-manager.secret": {"dollars": 16, "lookedUp": true},
        "privatelink.endpoint": {"dollars": 17, "lookedUp": true},
        "privatelink.gigabyte": {"dollars": 18, "lookedUp": true},
        "elasticache.redis.cache.small": {"dollars": 19, "lookedUp": true},
        "elasticache.valkey.cache.small": {"dollars": 15, "lookedUp": true},
        "elasticache.redis.cache.large": {"dollars": 20, "lookedUp": true},
        "elasticache.valkey.cache.large": {"dollars": 16, "lookedUp": true}}}
      """;

  private static final String FIGURES =
      """
      {"peak": 2, "event": {"bytes": 1000}, "result": {"bytes": 250, "recalculatedAnEvent": 0.5},
       "invocationMillis": {"1024": {"1": 10, "101": 110}},
       "anotherGroupMillis": 2, "directMillis": 3,
       "recalculation": {"lapSeconds": 60, "transitionsALap": 3, "keysASecondAndCore": 1000,
                         "coreMegabytes": 1024},
       "stateStore": {"microsAnEvent": {"1": 50, "101": 10}, "bytesAnEventASecond": 1048576},
       "featureStore": {"microsAResult": {"1": 20, "101": 10}, "bytesAnEventASecond": 1048576},
       "nodes": {"cores": 0.5, "memory": 0.5,
                 "gibibytes": {"cache.small": 1, "cache.large": 16}},
       "history": {"writesAnEvent": 0.5, "unitsAWrite": 5, "gigabytesAnEventASecond": 1},
       "log": {"lambdaBytesAnInvocation": 500, "batchLineBytes": 300},
       "trace": {"share": 0.05}}
      """;

  static final BillMaker MAKER =
      new BillMaker(new Prices(json(PRICES)), new Figures(json(FIGURES)));

  private Stages() {}

  /** 100 events a second, 75 of them opened. */
  static Load load() {
    return new Load(
        100, Map.of("opened", 0.75, "closed", 0.25), 1_000, 250, 0.5, Load.Measured.NOTHING);
  }

  static DeclaredStage stage() {
    return DeclaredStage.of("prod", json(SERVICE), STACK, GROUPS, Set.of());
  }

  static DeclaredStage withHistory() {
    return DeclaredStage.of("prod", json(SERVICE), STACK, List.of(Cards.GROUP), Set.of());
  }

  static DeclaredStage without(String group) {
    return DeclaredStage.of("prod", json(SERVICE), STACK, GROUPS, Set.of(group));
  }

  /** A third function reads one of the streams. */
  static DeclaredStage withAnotherReader() {
    String service =
        SERVICE.replace(
            "\"recalculation\":", "\"door-alarms\": {\"reads\": [\"opened\"]}, \"recalculation\":");
    return DeclaredStage.of("prod", json(service), STACK, GROUPS, Set.of());
  }

  static DeclaredStage withoutSubscriber() {
    String service =
        SERVICE.replace("\"feature-store-subscriber\": {\"reads\": [\"feature-results\"]},", "");
    return DeclaredStage.of("prod", json(service), STACK, GROUPS, Set.of());
  }

  static Bill bill(String... settings) {
    Map<String, String> changes = new HashMap<>();
    for (String setting : settings) {
      String[] parts = setting.split("=", 2);
      changes.put(parts[0], parts[1]);
    }
    return MAKER.bill(stage(), new Variant("a", "a test's", changes), load());
  }

  static double dollars(Bill bill, String item) {
    return bill.items().stream()
        .filter(each -> each.name().equals(item))
        .mapToDouble(Item::dollars)
        .sum();
  }

  static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
