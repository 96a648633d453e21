package dev.freshet.console;

import dev.freshet.definition.Catalogue;
import dev.freshet.quality.audit.Audit;
import dev.freshet.quality.audit.AuditOptions;
import dev.freshet.quality.audit.AuditReport;
import dev.freshet.quality.audit.StreamEvents;
import dev.freshet.redis.Redis;
import dev.freshet.runtime.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** Runs audits of a platform on this machine, in bounded time and memory. */
record LocalAudit(Catalogue catalogue, Redis store, KinesisClient kinesis, Clock clock)
    implements Supplier<AuditReport> {

  private static final Duration LONGEST = Duration.ofMinutes(2);

  /** Some hundred megabytes, as the whole platform shares the memory. */
  private static final long MOST_EVENTS = 250_000;

  @Override
  public AuditReport get() {
    AuditOptions options = options(clock.instant());
    return new Audit(
            catalogue.groups(),
            store,
            new StreamEvents(
                kinesis, options.streams(catalogue.groups()), UnaryOperator.identity()),
            options,
            Settings.ofEnvironment(),
            clock,
            pause -> LockSupport.parkNanos(pause.toNanos()))
        .run();
  }

  private static AuditOptions options(Instant now) {
    return new AuditOptions(
        OptionalInt.of(AuditOptions.USUAL_ENTITIES),
        Set.of(),
        now.toEpochMilli(),
        AuditOptions.USUAL_IN_FLIGHT,
        AuditOptions.USUAL_LAG,
        Optional.empty(),
        false,
        MOST_EVENTS,
        now.plus(LONGEST));
  }
}
