package dev.freshet.featurestore;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent.KinesisEventRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import dev.freshet.ledger.LedgerEntry;
import dev.freshet.runtime.Clients;
import dev.freshet.runtime.Invocation;
import dev.freshet.runtime.Priming;
import dev.freshet.stream.StreamRecord;
import java.time.Duration;
import java.util.List;

/** The function that brings published results into the feature store. */
public final class FeatureStoreSubscriber
    implements RequestHandler<KinesisEvent, StreamsEventResponse> {

  @SuppressWarnings("UnusedVariable") // kept, as whoever takes a snapshot does not
  private final Priming priming = Priming.of(FeatureStoreSubscriber::prime);

  private Subscriber subscriber;

  @Override
  public StreamsEventResponse handleRequest(KinesisEvent event, Context context) {
    return Invocation.run(context.getAwsRequestId(), () -> process(event));
  }

  private StreamsEventResponse process(KinesisEvent event) {
    LedgerEntry entry = new LedgerEntry();
    event.getRecords().forEach(each -> entry.enters(each.getEventID(), each.getEventSourceARN()));
    List<StreamRecord> records = event.getRecords().stream().map(this::record).toList();
    List<BatchItemFailure> failures =
        subscriber().process(records, entry).stream()
            .mapToObj(index -> event.getRecords().get(index).getKinesis().getSequenceNumber())
            .map(BatchItemFailure::new)
            .toList();
    return new StreamsEventResponse(failures);
  }

  private synchronized Subscriber subscriber() {
    if (subscriber == null) {
      subscriber = subscriber(Clients.shared());
    }
    return subscriber;
  }

  private static Subscriber subscriber(Clients clients) {
    return new Subscriber(
        clients.storedResults(),
        clients.deadLetters(clients.featureStore()),
        clients.clock(),
        clients.metrics(),
        clients.ledger(Subscriber.NAME, clients::featureStore, Duration.ZERO));
  }

  /** Stores a feature of an entity that nobody asks for. */
  private static void prime(Clients clients) {
    var unused = subscriber(clients).process(List.of(SampleResult.at(clients.clock().millis())));
  }

  private StreamRecord record(KinesisEventRecord each) {
    return StreamRecord.ofMapping(
        each.getEventID(),
        each.getEventSourceARN(),
        each.getKinesis().getPartitionKey(),
        each.getKinesis().getData());
  }
}
