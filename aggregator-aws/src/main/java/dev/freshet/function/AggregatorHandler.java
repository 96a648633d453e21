package dev.freshet.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.FunctionGroups;
import dev.freshet.engine.BatchReport;
import dev.freshet.ledger.LedgerEntry;
import dev.freshet.runtime.Clients;
import dev.freshet.runtime.Invocation;
import dev.freshet.runtime.Priming;
import dev.freshet.stream.StreamRecord;
import java.util.List;

/**
 * The function of one feature group, or of several that describe one kind of entity and read events
 * of one format; a subclass only declares them.
 *
 * <p>Returns the sequence number of the first record that is not safely done; the event source
 * mapping delivers again from there. Returns none if all records are done.
 */
public abstract class AggregatorHandler
    implements RequestHandler<KinesisEvent, StreamsEventResponse> {

  private final FunctionGroups groups;

  @SuppressWarnings(
      "UnusedVariable") // kept, as the context of snapshots holds only a weak reference
  private final Priming priming = Priming.of(this::prime);

  private AggregatorFunction function;

  /**
   * @throws IllegalArgumentException if one function cannot compute the groups; see {@link
   *     FunctionGroups}
   */
  protected AggregatorHandler(FeatureGroup... groups) {
    this.groups = new FunctionGroups(List.of(groups));
  }

  private void prime(Clients clients) {
    var unused = AggregatorFunction.prime(groups, clients);
  }

  /** The feature groups that the function computes. */
  public final List<FeatureGroup> groups() {
    return groups.all();
  }

  @Override
  public final StreamsEventResponse handleRequest(KinesisEvent event, Context context) {
    return Invocation.run(
        context.getAwsRequestId(),
        () -> respond(event, function().process(records(event), entering(event))));
  }

  /** Counts the records before anything is done with them. */
  private static LedgerEntry entering(KinesisEvent event) {
    LedgerEntry entry = new LedgerEntry();
    event.getRecords().forEach(each -> entry.enters(each.getEventID(), each.getEventSourceARN()));
    return entry;
  }

  /**
   * Creates the function on the first invocation, so that the declaration can be read without
   * settings.
   */
  private synchronized AggregatorFunction function() {
    if (function == null) {
      function = AggregatorFunction.of(groups, Clients.shared());
    }
    return function;
  }

  private static StreamsEventResponse respond(KinesisEvent event, BatchReport report) {
    List<BatchItemFailure> failures =
        report.firstUnfinished().stream()
            .mapToObj(index -> event.getRecords().get(index).getKinesis().getSequenceNumber())
            .map(BatchItemFailure::new)
            .toList();
    return new StreamsEventResponse(failures);
  }

  private static List<StreamRecord> records(KinesisEvent event) {
    return event.getRecords().stream()
        .map(
            each ->
                StreamRecord.ofMapping(
                    each.getEventID(),
                    each.getEventSourceARN(),
                    each.getKinesis().getPartitionKey(),
                    each.getKinesis().getData()))
        .toList();
  }
}
