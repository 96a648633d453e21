package dev.freshet.aws.emulator.mapping;

import dev.freshet.aws.emulator.function.FunctionFailedException;
import dev.freshet.aws.emulator.function.FunctionInvoker;
import dev.freshet.aws.emulator.stream.Backoff;
import dev.freshet.aws.emulator.template.MappingDefinition;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives one batch after the other to the function, until each record is done or given up. */
final class BatchProcessor {

  private static final Logger LOG = LoggerFactory.getLogger(BatchProcessor.class);

  private final MappingDefinition mapping;
  private final RetryRules rules;
  private final FunctionInvoker function;
  private final BatchDiscarder discarder;
  private final MappingCounters counters;
  private final Backoff backoff;
  private final InstantSource time;
  private final Backoff.Sleeper sleeper;
  private final BooleanSupplier stopping;

  BatchProcessor(
      MappingDefinition mapping,
      FunctionInvoker function,
      BatchDiscarder discarder,
      MappingCounters counters,
      Backoff backoff,
      InstantSource time,
      Backoff.Sleeper sleeper,
      BooleanSupplier stopping) {
    this.mapping = mapping;
    this.rules = new RetryRules(mapping);
    this.function = function;
    this.discarder = discarder;
    this.counters = counters;
    this.backoff = backoff;
    this.time = time;
    this.sleeper = sleeper;
    this.stopping = stopping;
  }

  /**
   * Processes one batch.
   *
   * @return false if the batch is not finished, because the mapping stops while the function fails
   */
  boolean process(List<EventRecord> batch) throws InterruptedException {
    Deque<Attempt> todo = new ArrayDeque<>(List.of(Attempt.first(batch)));
    while (!todo.isEmpty()) {
      Attempt attempt = withoutExpired(todo.pop());
      if (attempt.records().isEmpty()) {
        continue;
      }
      List<Attempt> next = invoke(attempt);
      for (int i = next.size() - 1; i >= 0; i--) {
        todo.push(next.get(i));
      }
      if (!next.isEmpty() && !waitBeforeRetry(next.get(0))) {
        return false;
      }
    }
    return true;
  }

  /** Waits longer each time for the same batch; a halved or shortened one starts over. */
  private boolean waitBeforeRetry(Attempt next) throws InterruptedException {
    if (!stopping.getAsBoolean()) {
      sleeper.sleep(backoff.after(next.failures()));
    }
    return !stopping.getAsBoolean();
  }

  private Attempt withoutExpired(Attempt attempt) {
    int expired = rules.expired(attempt, time.instant());
    if (expired == 0) {
      return attempt;
    }
    List<EventRecord> records = attempt.records().subList(0, expired);
    discarder.discard(attempt, records, BatchDiscarder.AGE_EXCEEDED);
    return attempt.from(expired);
  }

  /** Returns the batches that follow: none if all records are done or given up. */
  private List<Attempt> invoke(Attempt attempt) {
    String requestId = UUID.randomUUID().toString();
    int done = 0;
    boolean threw = false;
    try {
      done = call(attempt.records(), requestId);
    } catch (FunctionFailedException e) {
      LOG.warn("{}; request {}", e.getMessage(), requestId, e.getCause());
      threw = true;
    }
    counters.addDone(done);
    return done == attempt.records().size()
        ? List.of()
        : unlessExhausted(rules.after(attempt, done, new Attempt.Failure(requestId, threw)));
  }

  private int call(List<EventRecord> records, String requestId) {
    byte[] answer = function.invoke(EventWriter.event(records), requestId);
    return mapping.reportsBatchItemFailures() ? AnswerReader.done(answer, records) : records.size();
  }

  private List<Attempt> unlessExhausted(List<Attempt> next) {
    Attempt attempt = next.get(0);
    if (!rules.isExhausted(attempt)) {
      return next;
    }
    discarder.discard(attempt, attempt.records(), BatchDiscarder.RETRIES_EXHAUSTED);
    return List.of();
  }
}
