package dev.freshet.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.engine.BatchReport;
import dev.freshet.engine.SampleEvents;
import dev.freshet.runtime.Clients;
import dev.freshet.runtime.Invocation;
import dev.freshet.runtime.Priming;
import dev.freshet.stream.StreamRecord;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The function of one feature group; a subclass only declares the group.
 *
 * <p>Returns the sequence number of the first record that is not safely done; the event source
 * mapping delivers again from there. Returns none if all records are done.
 */
public abstract class AggregatorHandler
    implements RequestHandler<KinesisEvent, StreamsEventResponse> {

  private static final Logger LOG = LoggerFactory.getLogger(AggregatorHandler.class);

  private final FeatureGroup features;

  @SuppressWarnings(
      "UnusedVariable") // kept, as the context of snapshots holds only a weak reference
  private final Priming priming = Priming.of(this::prime);

  private GroupFunction function;

  protected AggregatorHandler(FeatureGroup features) {
    this.features = features;
  }

  /** The features that the function computes. */
  public final FeatureGroup features() {
    return features;
  }

  @Override
  public final StreamsEventResponse handleRequest(KinesisEvent event, Context context) {
    return Invocation.run(
        context.getAwsRequestId(), () -> respond(event, function().process(records(event))));
  }

  /**
   * Creates the function on the first invocation, so that the declaration can be read without
   * settings.
   */
  final synchronized GroupFunction function() {
    if (function == null) {
      function = GroupFunction.of(features, getClass().getName(), Clients.shared());
    }
    return function;
  }

  /** Processes sample events of an entity that nobody reads. */
  final GroupFunction prime(Clients clients) {
    GroupFunction primed = GroupFunction.of(features.priming(), getClass().getName(), clients);
    log(primed.process(SampleEvents.of(features, clients.clock().instant())));
    return primed;
  }

  private StreamsEventResponse respond(KinesisEvent event, BatchReport report) {
    log(report);
    List<BatchItemFailure> failures =
        report.firstUnfinished().stream()
            .mapToObj(index -> event.getRecords().get(index).getKinesis().getSequenceNumber())
            .map(BatchItemFailure::new)
            .toList();
    return new StreamsEventResponse(failures);
  }

  private void log(BatchReport report) {
    LOG.atInfo()
        .addKeyValue("feature_group", features.name())
        .addKeyValue("received", report.received())
        .addKeyValue("applied", report.applied())
        .addKeyValue("duplicates", report.duplicates())
        .addKeyValue("late", report.late())
        .addKeyValue("skipped", report.skipped())
        .addKeyValue("invalid", report.invalid())
        .addKeyValue("results", report.results())
        .addKeyValue("done", report.done())
        .log("batch done");
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
