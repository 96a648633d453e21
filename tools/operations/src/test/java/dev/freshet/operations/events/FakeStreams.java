package dev.freshet.operations.events;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/** Streams in memory that refuse the records that a test names, and keep all others. */
final class FakeStreams implements StreamWriter {

  final Map<String, List<String>> taken = new ConcurrentHashMap<>();
  final Map<String, List<List<String>>> calls = new ConcurrentHashMap<>();
  private final Predicate<OutgoingEvent> refuses;

  FakeStreams(Predicate<OutgoingEvent> refuses) {
    this.refuses = refuses;
  }

  @Override
  public List<Optional<String>> write(String stream, List<OutgoingEvent> events) {
    calls
        .computeIfAbsent(stream, name -> new ArrayList<>())
        .add(events.stream().map(FakeStreams::text).toList());
    return events.stream().map(this::answer).toList();
  }

  private Optional<String> answer(OutgoingEvent event) {
    if (refuses.test(event)) {
      return Optional.of("ProvisionedThroughputExceededException: slow down");
    }
    taken.computeIfAbsent(event.stream(), name -> new ArrayList<>()).add(text(event));
    return Optional.empty();
  }

  static String text(OutgoingEvent event) {
    return new String(event.json(), StandardCharsets.UTF_8);
  }

  /** A client whose calls go to a writer. */
  static KinesisClient client(StreamWriter writer) {
    return new KinesisClient() {
      @Override
      public PutRecordsResponse putRecords(PutRecordsRequest request) {
        String stream = request.streamName();
        List<OutgoingEvent> events =
            request.records().stream().map(entry -> event(stream, entry)).toList();
        return PutRecordsResponse.builder()
            .records(writer.write(stream, events).stream().map(FakeStreams::result).toList())
            .build();
      }

      @Override
      public String serviceName() {
        return SERVICE_NAME;
      }

      @Override
      public void close() {}
    };
  }

  private static OutgoingEvent event(String stream, PutRecordsRequestEntry entry) {
    return new OutgoingEvent(
        stream, entry.partitionKey(), entry.data().asByteArray(), Optional.empty());
  }

  private static PutRecordsResultEntry result(Optional<String> refusal) {
    PutRecordsResultEntry.Builder result = PutRecordsResultEntry.builder();
    refusal.ifPresent(
        reason -> {
          int colon = reason.indexOf(": ");
          result.errorCode(reason.substring(0, colon)).errorMessage(reason.substring(colon + 2));
        });
    return result.build();
  }
}
