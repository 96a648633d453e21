package dev.freshet.featurestore;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent.KinesisEventRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import dev.freshet.runtime.Clients;
import dev.freshet.runtime.Invocation;
import dev.freshet.runtime.Priming;
import dev.freshet.stream.StreamRecord;
import java.time.Duration;
import java.util.List;

/** The function that brings published results into the feature store. */
public final class FeatureStoreSubscriber
    implements RequestHandler<KinesisEvent, StreamsEventResponse> {

  private static final Duration PRIMING_TTL = Duration.ofMinutes(1);

  @SuppressWarnings("UnusedVariable") // kept, as whoever takes a snapshot does not
  private final Priming priming = Priming.of(FeatureStoreSubscriber::prime);

  private Subscriber subscriber;

  @Override
  public StreamsEventResponse handleRequest(KinesisEvent event, Context context) {
    return Invocation.run(context.getAwsRequestId(), () -> process(event));
  }

  private StreamsEventResponse process(KinesisEvent event) {
    List<BatchItemFailure> failures =
        subscriber().process(event.getRecords().stream().map(this::record).toList()).stream()
            .mapToObj(index -> event.getRecords().get(index).getKinesis().getSequenceNumber())
            .map(BatchItemFailure::new)
            .toList();
    return new StreamsEventResponse(failures);
  }

  private synchronized Subscriber subscriber() {
    if (subscriber == null) {
      Clients clients = Clients.shared();
      subscriber = subscriber(clients, clients.settings().timeToLive());
    }
    return subscriber;
  }

  private static Subscriber subscriber(Clients clients, Duration timeToLive) {
    return Subscriber.of(
        clients.featureStore(),
        timeToLive,
        clients.settings().historyAwake(),
        clients.settings().forgottenGroups(),
        clients.deadLetters(clients.featureStore()),
        clients.clock(),
        clients.metrics());
  }

  /** Stores a feature of an entity that nobody asks for, and not for long. */
  private static void prime(Clients clients) {
    var unused =
        subscriber(clients, PRIMING_TTL)
            .process(List.of(SampleResult.at(clients.clock().millis())));
  }

  private StreamRecord record(KinesisEventRecord each) {
    return StreamRecord.ofMapping(
        each.getEventID(),
        each.getEventSourceARN(),
        each.getKinesis().getPartitionKey(),
        each.getKinesis().getData());
  }
}
