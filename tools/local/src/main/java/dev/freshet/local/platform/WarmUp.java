package dev.freshet.local.platform;

import dev.freshet.aws.emulator.function.AwsAccount;
import dev.freshet.aws.emulator.function.FunctionInvoker;
import dev.freshet.aws.emulator.process.StateMachineRunner;
import dev.freshet.aws.emulator.template.DeployedTemplate;
import dev.freshet.city.SimulatedCity;
import dev.freshet.operations.events.EventPutter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * Warms the platform up before it is ready: sends some seconds of events of the simulated city
 * through it, then removes all their data. Without it, cold starts delay the first events by
 * seconds on a machine with few cores; on AWS, provisioned concurrency prevents that. A service
 * without the streams of the city starts cold.
 */
final class WarmUp {

  private static final int ORDERS_PER_MINUTE = 1_000;
  private static final int ROUNDS = 4;
  private static final Duration ROUND = Duration.ofSeconds(2);
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration LONGEST_INVOCATION = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(10);

  private WarmUp() {}

  static void run(
      DeployedTemplate template,
      Map<String, FunctionInvoker> deployed,
      KinesisClient kinesis,
      LocalServers servers,
      StateMachineRunner stateMachines,
      AwsAccount account,
      InstantSource time) {
    if (!template.streamNames().containsAll(SimulatedCity.streams())) {
      return;
    }
    RunningInvocations running = new RunningInvocations();
    Map<String, FunctionInvoker> functions = new HashMap<>(deployed);
    functions.replaceAll((name, function) -> running.around(function));
    try (LocalMappings mappings = LocalMappings.start(template, functions, kinesis, account, time);
        EventPutter putter = new EventPutter(kinesis, "")) {
      Instant start = time.instant().minus(ROUND.multipliedBy(ROUNDS));
      SimulatedCity city = new SimulatedCity(0, ORDERS_PER_MINUTE, start);
      for (int round = 1; round <= ROUNDS; round++) {
        putter.putAll(city.until(start.plus(ROUND.multipliedBy(round))));
        awaitEnd(mappings, time);
      }
    }
    requireEnd(running);
    stateMachines.stopAll(); // the invocations that start executions are over
    LocalKinesis.delete(kinesis, template.streams());
    servers.stateStore().clear();
    servers.featureStore().clear();
  }

  /** On a busy machine, an invocation may outlast its mapping: it would write into what is new. */
  private static void requireEnd(RunningInvocations running) {
    if (!await(running::areOver, LONGEST_INVOCATION)) {
      throw new IllegalStateException(
          "the warm-up has not ended within %s: the machine is too busy, start again later"
              .formatted(LONGEST_INVOCATION));
    }
  }

  private static void awaitEnd(LocalMappings mappings, InstantSource time) {
    Instant put = time.instant();
    boolean unused = await(() -> mappings.progress().haveDoneEventsOf(put), LIMIT);
    Instant published = time.instant();
    unused = await(() -> mappings.progress().haveStoredResultsOf(published), LIMIT);
  }

  /** Returns whether a condition became true in time. */
  private static boolean await(BooleanSupplier condition, Duration limit) {
    long deadlineNanos = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadlineNanos) {
        return false;
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
    return true;
  }
}
