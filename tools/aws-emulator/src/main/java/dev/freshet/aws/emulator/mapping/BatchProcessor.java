package dev.freshet.aws.emulator.mapping;

import dev.freshet.aws.emulator.function.FunctionFailedException;
import dev.freshet.aws.emulator.function.FunctionInvoker;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands batches to the function, one after the other, until each record is done or given up. */
final class BatchProcessor {

  /** What the processor needs besides the rules. */
  record Parts(
      FunctionInvoker function,
      boolean readsAnswer,
      Discarding discarding,
      MappingMeters meters,
      Backoff backoff,
      InstantSource time,
      Sleeper sleeper) {}

  private static final Logger LOG = LoggerFactory.getLogger(BatchProcessor.class);

  private final RetryRules rules;
  private final Parts parts;
  private final BooleanSupplier stopping;

  BatchProcessor(RetryRules rules, Parts parts, BooleanSupplier stopping) {
    this.rules = rules;
    this.parts = parts;
    this.stopping = stopping;
  }

  /**
   * Processes one batch.
   *
   * @return false if it was left before its end, because the mapping stops while the function fails
   */
  boolean process(List<EventRecord> batch) throws InterruptedException {
    parts.meters.batch();
    Deque<Attempt> todo = new ArrayDeque<>(List.of(Attempt.first(batch)));
    boolean retry = false;
    while (!todo.isEmpty()) {
      Attempt attempt = withoutExpired(todo.pop());
      if (attempt.records().isEmpty()) {
        continue;
      }
      List<Attempt> next = invoke(attempt, retry);
      retry = true;
      pushAll(todo, next);
      if (!next.isEmpty() && !waitBeforeRetry(next.get(0))) {
        return false;
      }
    }
    return true;
  }

  /** The same batch waits longer each time; one that was halved or shortened begins anew. */
  private boolean waitBeforeRetry(Attempt next) throws InterruptedException {
    if (!stopping.getAsBoolean()) {
      parts.sleeper.sleep(parts.backoff.after(Math.max(1, next.failures())));
    }
    return !stopping.getAsBoolean();
  }

  private Attempt withoutExpired(Attempt attempt) {
    int expired = rules.expired(attempt, parts.time.instant());
    if (expired == 0) {
      return attempt;
    }
    List<EventRecord> records = attempt.records().subList(0, expired);
    parts.discarding.discard(new Discard(attempt, records, Discard.Condition.RECORD_AGE_EXCEEDED));
    return attempt.from(expired);
  }

  private List<Attempt> invoke(Attempt attempt, boolean retry) {
    String requestId = UUID.randomUUID().toString();
    parts.meters.invocation(retry);
    Outcome outcome = call(attempt, requestId);
    if (outcome instanceof Outcome.Succeeded) {
      parts.meters.done(attempt.records().size());
      return List.of();
    }
    if (outcome instanceof Outcome.FailedFrom partial) {
      parts.meters.done(partial.index());
    }
    return unlessExhausted(rules.after(attempt, outcome, requestId));
  }

  private Outcome call(Attempt attempt, String requestId) {
    try {
      byte[] answer = parts.function.invoke(EventWriter.event(attempt.records()), requestId);
      return parts.readsAnswer
          ? AnswerReader.read(answer, attempt.records())
          : new Outcome.Succeeded();
    } catch (FunctionFailedException e) {
      LOG.warn("{}; request {}", e.getMessage(), requestId, e.getCause());
      return new Outcome.Failed(true);
    }
  }

  private List<Attempt> unlessExhausted(List<Attempt> next) {
    Attempt attempt = next.get(0);
    if (!rules.isExhausted(attempt)) {
      return next;
    }
    parts.discarding.discard(
        new Discard(attempt, attempt.records(), Discard.Condition.RETRY_ATTEMPTS_EXHAUSTED));
    return List.of();
  }

  private static void pushAll(Deque<Attempt> todo, List<Attempt> next) {
    for (int i = next.size() - 1; i >= 0; i--) {
      todo.push(next.get(i));
    }
  }
}
