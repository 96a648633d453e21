package dev.freshet.aws.emulator.function;

import dev.freshet.aws.emulator.template.ScheduleDefinition;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls functions at their rates with the event of EventBridge, first after one interval. A failed
 * call is logged; the next one follows after the interval.
 */
public final class Schedules implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Schedules.class);
  private static final int STOP_SECONDS = 5;

  private final AwsAccount account;
  private final InstantSource time;
  private final ScheduledExecutorService threads;

  private Schedules(AwsAccount account, InstantSource time, int threads) {
    this.account = account;
    this.time = time;
    this.threads = new ScheduledThreadPoolExecutor(threads);
  }

  /**
   * Starts all schedules.
   *
   * @param functions by name
   */
  public static Schedules start(
      List<ScheduleDefinition> definitions,
      Map<String, FunctionInvoker> functions,
      AwsAccount account,
      InstantSource time) {
    Schedules schedules = new Schedules(account, time, Math.max(1, definitions.size()));
    definitions.forEach(each -> schedules.add(each, functions.get(each.function())));
    return schedules;
  }

  private void add(ScheduleDefinition schedule, FunctionInvoker function) {
    long millis = schedule.rate().toMillis();
    var unused =
        threads.scheduleAtFixedRate(
            () -> call(schedule, function), millis, millis, TimeUnit.MILLISECONDS);
  }

  private void call(ScheduleDefinition schedule, FunctionInvoker function) {
    String id = UUID.randomUUID().toString();
    try {
      function.invoke(event(schedule, id), id);
    } catch (RuntimeException e) {
      LOG.warn("schedule {}: {}", schedule.rule(), e.getMessage());
    }
  }

  private byte[] event(ScheduleDefinition schedule, String id) {
    return """
    {"version":"0","id":"%s","detail-type":"Scheduled Event","source":"aws.events","account":"%s",\
    "time":"%s","region":"%s","resources":["%s"],"detail":{}}"""
        .formatted(
            id,
            account.accountId(),
            time.instant().truncatedTo(ChronoUnit.SECONDS),
            account.region(),
            account.ruleArn(schedule.rule()))
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Ends all schedules, and waits five seconds for calls in progress. */
  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
