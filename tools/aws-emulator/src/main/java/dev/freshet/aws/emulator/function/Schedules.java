package dev.freshet.aws.emulator.function;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.aws.emulator.template.ScheduleDefinition;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
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
  private static final ObjectMapper JSON = new ObjectMapper();
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
    } catch (RuntimeException | JsonProcessingException e) {
      LOG.warn("schedule {}: {}", schedule.rule(), e.getMessage());
    }
  }

  private byte[] event(ScheduleDefinition schedule, String id) throws JsonProcessingException {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("version", "0");
    event.put("id", id);
    event.put("detail-type", "Scheduled Event");
    event.put("source", "aws.events");
    event.put("account", account.accountId());
    event.put("time", time.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    event.put("region", account.region());
    event.put("resources", List.of(account.ruleArn(schedule.rule())));
    event.put("detail", Map.of());
    return JSON.writeValueAsBytes(event);
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
