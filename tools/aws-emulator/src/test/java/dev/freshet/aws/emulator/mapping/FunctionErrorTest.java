package dev.freshet.aws.emulator.mapping;

import static dev.freshet.aws.emulator.mapping.Mappings.mapping;
import static dev.freshet.aws.emulator.mapping.ScriptedFunction.ALL_DONE;
import static dev.freshet.aws.emulator.mapping.ScriptedFunction.throwingOn;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.shard.ManualTime;
import dev.freshet.shard.Records;
import dev.freshet.shard.ShardRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class FunctionErrorTest {

  @Test
  void anExceptionFailsTheWholeBatch() throws Exception {
    ScriptedFunction function = failingTimes(1);
    MappingDriver driver = new MappingDriver(mapping().build(), function);

    driver.process(Records.upTo(3));

    assertThat(function.calls).containsExactly(List.of(1, 2, 3), List.of(1, 2, 3));
    assertThat(driver.counters.recordsDone()).isEqualTo(3);
    assertThat(driver.counters.recordsDiscarded()).isEqualTo(0);
  }

  @Test
  void aBatchIsDiscardedAfterItsFirstAttemptAndAllItsRetries() throws Exception {
    ScriptedFunction function = throwingOn(2);
    MappingDriver driver = new MappingDriver(mapping().retrying(2).build(), function);

    driver.process(Records.upTo(3));

    assertThat(function.calls).hasSize(3).containsOnly(List.of(1, 2, 3));
    assertThat(driver.counters.recordsDone()).isEqualTo(0);
    assertThat(driver.counters.recordsDiscarded()).isEqualTo(3);
    assertThat(driver.discarded).hasSize(1);
  }

  @Test
  void withoutALimitABatchIsRetriedUntilItSucceeds() throws Exception {
    ScriptedFunction function = failingTimes(10_001);
    MappingDriver driver = new MappingDriver(mapping().retrying(-1).build(), function);

    driver.process(Records.upTo(1));

    assertThat(function.calls).hasSize(10_002);
    assertThat(driver.discarded).isEmpty();
  }

  @Test
  void thePoisonIsBisectedOutWhileItsNeighboursAreProcessedInOrder() throws Exception {
    ScriptedFunction function = throwingOn(6);
    MappingDriver driver = new MappingDriver(mapping().bisecting().retrying(2).build(), function);

    driver.process(Records.upTo(8));

    assertThat(function.calls)
        .containsExactly(
            List.of(1, 2, 3, 4, 5, 6, 7, 8),
            List.of(1, 2, 3, 4),
            List.of(5, 6, 7, 8),
            List.of(5, 6),
            List.of(5),
            List.of(6),
            List.of(6),
            List.of(6),
            List.of(7, 8));
    assertThat(driver.counters.recordsDone()).isEqualTo(7);
    assertThat(driver.counters.recordsDiscarded()).isEqualTo(1);
    JsonNode info = new ObjectMapper().readTree(driver.discarded.get(0)).at("/KinesisBatchInfo");
    assertThat(info.path("batchSize").asInt()).isEqualTo(1);
    assertThat(info.path("startSequenceNumber").asText()).isEqualTo(Records.sequenceNumber(6));
  }

  @Test
  void theDestinationGetsTheDocumentThatLambdaSends() throws Exception {
    MappingDriver driver = new MappingDriver(mapping().retrying(1).build(), throwingOn(2));

    driver.process(Records.upTo(3));

    JsonNode document = new ObjectMapper().readTree(driver.discarded.get(0));
    assertThat(document.at("/requestContext/requestId").asText()).hasSize(36);
    ((ObjectNode) document.path("requestContext")).put("requestId", "r");
    assertThat(document.toPrettyString())
        .isEqualTo(new ObjectMapper().readTree(expectedDocument()).toPrettyString());
  }

  @Test
  void aDestinationThatFailsDoesNotHoldTheShard() throws Exception {
    MappingDriver driver =
        new MappingDriver(mapping().retrying(0).build(), throwingOn(1))
            .sendingTo(
                (name, document) -> {
                  throw new IllegalStateException("no such queue: " + name);
                });

    assertThat(driver.process(Records.upTo(1))).isTrue();
    assertThat(driver.counters.recordsDiscarded()).isEqualTo(1);
  }

  @Test
  void recordsBeyondTheMaximumAgeAreDiscardedAndTheOthersHandedOver() throws Exception {
    ScriptedFunction function = throwingOn(-1);
    MappingDriver driver =
        new MappingDriver(mapping().upToAge(Duration.ofSeconds(60)).build(), function);
    List<ShardRecord> records = new ArrayList<>(Records.upTo(2));
    records.add(Records.arrived(3, "item-3", ManualTime.START.plusSeconds(1)));
    driver.time.advance(Duration.ofSeconds(61));

    driver.process(records);

    assertThat(function.calls).containsExactly(List.of(3));
    JsonNode document = new ObjectMapper().readTree(driver.discarded.get(0));
    assertThat(document.at("/requestContext/condition").asText()).isEqualTo("RecordAgeExceeded");
    assertThat(document.at("/requestContext/approximateInvokeCount").asInt()).isZero();
    assertThat(document.has("responseContext")).isFalse();
    assertThat(document.at("/KinesisBatchInfo/batchSize").asInt()).isEqualTo(2);
  }

  @Test
  void aBatchThatGrowsTooOldWhileItIsRetriedIsDiscarded() throws Exception {
    ScriptedFunction function = throwingOn(1);
    MappingDriver driver =
        new MappingDriver(mapping().upToAge(Duration.ofSeconds(60)).build(), function);

    driver.process(Records.upTo(2));

    assertThat(driver.time.instant()).isAfter(ManualTime.START.plusSeconds(60));
    JsonNode document = new ObjectMapper().readTree(driver.discarded.get(0));
    assertThat(document.at("/requestContext/condition").asText()).isEqualTo("RecordAgeExceeded");
    assertThat(document.at("/requestContext/approximateInvokeCount").asInt())
        .isEqualTo(function.calls.size());
  }

  @Test
  void retriesWaitLongerAndLongerUpToABound() throws Exception {
    MappingDriver driver = new MappingDriver(mapping().build(), failingTimes(6));

    driver.process(Records.upTo(1));

    assertThat(driver.time.sleeps)
        .extracting(Duration::toMillis)
        .containsExactly(100L, 200L, 400L, 800L, 1000L, 1000L);
  }

  @Test
  void aBatchThatFailsIsLeftWhenTheMappingStops() throws Exception {
    List<MappingDriver> drivers = new ArrayList<>();
    ScriptedFunction function =
        new ScriptedFunction(
            batch -> {
              drivers.get(0).stopping = true;
              return ScriptedFunction.fail();
            });
    drivers.add(new MappingDriver(mapping().build(), function));

    assertThat(drivers.get(0).process(Records.upTo(2))).isFalse();
    assertThat(function.calls).hasSize(1);
    assertThat(drivers.get(0).time.sleeps).isEqualTo(Collections.emptyList());
  }

  private static ScriptedFunction failingTimes(int times) {
    AtomicInteger left = new AtomicInteger(times);
    return new ScriptedFunction(
        batch -> left.getAndDecrement() > 0 ? ScriptedFunction.fail() : ALL_DONE);
  }

  private static String expectedDocument() {
    return """
        {
          "requestContext": {
            "requestId": "r",
            "functionArn": "arn:aws:lambda:us-east-1:000000000000:function:place-items",
            "condition": "RetryAttemptsExhausted",
            "approximateInvokeCount": 2
          },
          "responseContext": {
            "statusCode": 200,
            "executedVersion": "$LATEST",
            "functionError": "Unhandled"
          },
          "version": "1.0",
          "timestamp": "2026-03-01T10:00:00.100Z",
          "KinesisBatchInfo": {
            "shardId": "shardId-000000000000",
            "startSequenceNumber": "49590000000000000000000000000000000000000000000000000001",
            "endSequenceNumber": "49590000000000000000000000000000000000000000000000000003",
            "approximateArrivalOfFirstRecord": "2026-03-01T10:00:00Z",
            "approximateArrivalOfLastRecord": "2026-03-01T10:00:00Z",
            "batchSize": 3,
            "streamArn": "arn:aws:kinesis:us-east-1:000000000000:stream/item-created"
          }
        }
        """;
  }
}
