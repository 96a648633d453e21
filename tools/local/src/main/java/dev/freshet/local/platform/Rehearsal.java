package dev.freshet.local.platform;

import dev.freshet.aws.emulator.function.AwsAccount;
import dev.freshet.aws.emulator.function.FunctionInvoker;
import dev.freshet.aws.emulator.template.DeployedTemplate;
import dev.freshet.city.SimulatedCity;
import dev.freshet.operations.events.EventPutter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * Warms everything up before it is called ready: some seconds of a city go through all of it, then
 * every trace of them is removed. A cold start would otherwise hold up the first events for
 * seconds, on few cores; on AWS that is what provisioned concurrency is for. A service without the
 * streams of the city starts cold.
 */
final class Rehearsal {

  private static final int ORDERS_PER_MINUTE = 1_000;
  private static final int ACTS = 4;
  private static final Duration ACT = Duration.ofSeconds(2);
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(10);

  private Rehearsal() {}

  static void run(
      DeployedTemplate template,
      Map<String, FunctionInvoker> functions,
      KinesisClient kinesis,
      Servers servers,
      StateMachines stateMachines,
      AwsAccount account,
      InstantSource time) {
    if (!template.streamNames().containsAll(SimulatedCity.streams())) {
      return;
    }
    try (Traffic traffic = Traffic.start(template, functions, kinesis, account, time);
        EventPutter putter = new EventPutter(kinesis, "")) {
      Instant start = time.instant().minus(ACT.multipliedBy(ACTS));
      SimulatedCity city = new SimulatedCity(0, ORDERS_PER_MINUTE, start);
      for (int act = 1; act <= ACTS; act++) {
        putter.putAll(city.until(start.plus(ACT.multipliedBy(act))));
        awaitEnd(traffic, time);
      }
    }
    stateMachines.stopAll(); // the traffic that starts executions has ended, and nothing else does
    LocalKinesis.delete(kinesis, template.streams());
    servers.stateStore().clear();
    servers.featureStore().clear();
  }

  private static void awaitEnd(Traffic traffic, InstantSource time) {
    Instant put = time.instant();
    await(() -> traffic.haveDoneEventsOf(put));
    Instant published = time.instant();
    await(() -> traffic.haveStoredResultsOf(published));
  }

  private static void await(BooleanSupplier condition) {
    long deadlineNanos = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < deadlineNanos) {
      LockSupport.parkNanos(POLL.toNanos());
    }
  }
}
