package dev.freshet.quality.audit;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.freshet.definition.Catalogue;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.metrics.Metric;
import dev.freshet.metrics.Metrics;
import dev.freshet.runtime.Clients;
import dev.freshet.runtime.Environment;
import dev.freshet.runtime.Invocation;
import dev.freshet.runtime.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares some served features with a recomputation from the newest hours of the streams, and
 * records how many differences are unexplained. A schedule calls it.
 */
public final class AuditHandler implements RequestHandler<Map<String, Object>, String> {

  private static final Logger LOG = LoggerFactory.getLogger(AuditHandler.class);

  /** The part of the invocation that is left to compare, to record metrics and to answer. */
  private static final Duration RESERVE = Duration.ofSeconds(20);

  private static final Duration USUAL_LOOKBACK = Duration.ofHours(6);

  @Override
  public String handleRequest(Map<String, Object> schedule, Context context) {
    return Invocation.runRarely(
        context.getAwsRequestId(), () -> audit(context.getRemainingTimeInMillis()));
  }

  private static String audit(int remainingMillis) {
    Clients clients = Clients.shared();
    Settings settings = clients.settings();
    Environment environment = settings.environment();
    List<FeatureGroup> groups = Catalogue.load().groups();
    Instant now = clients.clock().instant();
    AuditOptions options =
        AuditOptions.usual(now.toEpochMilli())
            .entities(
                OptionalInt.of(environment.count("AUDIT_ENTITIES", AuditOptions.USUAL_ENTITIES)))
            .since(Optional.of(now.minus(environment.duration("AUDIT_LOOKBACK", USUAL_LOOKBACK))))
            .until(now.plusMillis(remainingMillis).minus(RESERVE));
    Map<String, String> names = settings.eventStreams();
    AuditReport report =
        new Audit(
                groups,
                clients.featureStore(),
                new StreamEvents(
                    clients.kinesis(),
                    options.streams(groups),
                    stream -> names.getOrDefault(stream, stream)),
                options,
                settings,
                clients.clock(),
                pause -> LockSupport.parkNanos(pause.toNanos()))
            .run();
    report.groups().keySet().forEach(group -> record(report, group, clients.metrics(group)));
    AuditText.lines(report).forEach(LOG::info);
    return report.line();
  }

  private static void record(AuditReport report, String group, Metrics metrics) {
    metrics.count(Metric.AUDIT_COMPARED, report.compared(group));
    metrics.count(
        Metric.AUDIT_UNEXPLAINED, report.groups().get(group).getOrDefault(Cause.UNEXPLAINED, 0L));
  }
}
