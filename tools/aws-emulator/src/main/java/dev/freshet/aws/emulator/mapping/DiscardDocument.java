package dev.freshet.aws.emulator.mapping;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.aws.emulator.function.AwsAccount;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * Writes what Lambda tells a destination of a discarded batch: where the records are, not the
 * records. {@code responseContext} is there only if they were handed over at all, and its {@code
 * functionError} only if the function threw.
 */
final class DiscardDocument {

  private final AwsAccount account;
  private final String function;
  private final String stream;
  private final String shardId;

  DiscardDocument(AwsAccount account, String function, String stream, String shardId) {
    this.account = account;
    this.function = function;
    this.stream = stream;
    this.shardId = shardId;
  }

  String write(Discard discard, Instant now) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.set("requestContext", requestContext(discard));
    discard.attempt().last().ifPresent(last -> document.set("responseContext", response(last)));
    document.put("version", "1.0").put("timestamp", time(now));
    document.set("KinesisBatchInfo", batchInfo(discard));
    return document.toString();
  }

  private ObjectNode requestContext(Discard discard) {
    String requestId =
        discard
            .attempt()
            .last()
            .map(Attempt.Failure::requestId)
            .orElseGet(() -> UUID.randomUUID().toString());
    return JsonNodeFactory.instance
        .objectNode()
        .put("requestId", requestId)
        .put("functionArn", account.functionArn(function))
        .put("condition", discard.condition().text())
        .put("approximateInvokeCount", discard.attempt().failures());
  }

  private static ObjectNode response(Attempt.Failure last) {
    ObjectNode response =
        JsonNodeFactory.instance
            .objectNode()
            .put("statusCode", 200)
            .put("executedVersion", "$LATEST");
    return last.byException() ? response.put("functionError", "Unhandled") : response;
  }

  private ObjectNode batchInfo(Discard discard) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("shardId", shardId)
        .put("startSequenceNumber", discard.first().sequenceNumber())
        .put("endSequenceNumber", discard.last().sequenceNumber())
        .put("approximateArrivalOfFirstRecord", time(discard.first().arrival()))
        .put("approximateArrivalOfLastRecord", time(discard.last().arrival()))
        .put("batchSize", discard.records().size())
        .put("streamArn", account.streamArn(stream));
  }

  private static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
