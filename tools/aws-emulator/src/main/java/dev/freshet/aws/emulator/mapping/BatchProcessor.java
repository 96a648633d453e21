package dev.freshet.aws.emulator.mapping;

import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.aws.emulator.function.FunctionFailedException;
import dev.freshet.aws.emulator.function.FunctionInvoker;
import dev.freshet.aws.emulator.mapping.EventWriter.EventRecord;
import dev.freshet.aws.emulator.template.MappingDefinition;
import dev.freshet.shard.Backoff;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives one batch after the other to the function, until each record is done or given up. */
record BatchProcessor(
    MappingDefinition mapping,
    FunctionInvoker function,
    BatchDiscarder discarder,
    MappingCounters counters,
    Backoff backoff,
    InstantSource time,
    Backoff.Sleeper sleeper,
    BooleanSupplier stopping) {

  /**
   * Records to give to the function in one invocation.
   *
   * @param failures how often the function got exactly these records and failed
   * @param last the last of these failures
   */
  record Attempt(List<EventRecord> records, int failures, Optional<Failure> last) {

    Attempt(List<EventRecord> records) {
      this(List.copyOf(records), 0, Optional.empty());
    }

    private Attempt from(int index) {
      return new Attempt(records.subList(index, records.size()));
    }
  }

  /**
   * A failed invocation.
   *
   * @param byException whether the function threw; otherwise its answer reported the failure
   */
  record Failure(String requestId, boolean byException) {}

  private static final Logger LOG = LoggerFactory.getLogger(BatchProcessor.class);
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  private static final int WITHOUT_LIMIT = -1;

  /**
   * Processes one batch.
   *
   * @return false if the batch is not finished, because the mapping stops while the function fails
   */
  boolean process(List<EventRecord> batch) throws InterruptedException {
    Deque<Attempt> todo = new ArrayDeque<>(List.of(new Attempt(batch)));
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
    Instant oldest = mapping.maximumRecordAge().map(time.instant()::minus).orElse(Instant.MIN);
    List<EventRecord> expired =
        attempt.records().stream().takeWhile(each -> each.arrival().isBefore(oldest)).toList();
    if (expired.isEmpty()) {
      return attempt;
    }
    discarder.discard(attempt, expired, BatchDiscarder.AGE_EXCEEDED);
    return attempt.from(expired.size());
  }

  /** Returns the batches that follow: none if all records are done or given up. */
  private List<Attempt> invoke(Attempt attempt) {
    String requestId = UUID.randomUUID().toString();
    List<EventRecord> records = attempt.records();
    int done = 0;
    boolean threw = false;
    try {
      byte[] answer = function.invoke(EventWriter.event(records), requestId);
      done = mapping.reportsBatchItemFailures() ? done(answer, records) : records.size();
    } catch (FunctionFailedException e) {
      LOG.warn("{}; request {}", e.getMessage(), requestId, e.getCause());
      threw = true;
    }
    counters.addDone(done);
    if (done == records.size()) {
      return List.of();
    }
    counters.addFailure();
    return after(attempt, done, new Failure(requestId, threw));
  }

  /**
   * Returns how many records are done: those before the first that the answer reports. No answer,
   * null, and an empty or missing list mean all. A record that is not in the batch, or an answer of
   * another form, means none.
   */
  private static int done(byte[] answer, List<EventRecord> batch) {
    try {
      StreamsEventResponse response =
          answer.length == 0 ? null : JSON.readValue(answer, StreamsEventResponse.class);
      if (response == null || response.getBatchItemFailures() == null) {
        return batch.size();
      }
      List<String> numbers = batch.stream().map(EventRecord::sequenceNumber).toList();
      return response.getBatchItemFailures().stream()
          .mapToInt(each -> each == null ? 0 : numbers.indexOf(each.getItemIdentifier()))
          .map(index -> Math.max(0, index))
          .min()
          .orElse(batch.size());
    } catch (IOException notOfThisForm) {
      return 0;
    }
  }

  /**
   * Returns the batches that follow a failed one. Records before the first reported one are done;
   * the others are a new batch. A batch of which no record is done is halved if the mapping bisects
   * and it has at least two records. Otherwise the function gets the same batch again. Only this
   * last case counts as a retry.
   */
  private List<Attempt> after(Attempt attempt, int done, Failure failure) {
    if (done > 0) {
      return List.of(attempt.from(done));
    }
    int half = attempt.records().size() / 2;
    if (mapping.bisectBatchOnFunctionError() && half > 0) {
      return List.of(new Attempt(attempt.records().subList(0, half)), attempt.from(half));
    }
    Attempt again = new Attempt(attempt.records(), attempt.failures() + 1, Optional.of(failure));
    int most = mapping.maximumRetryAttempts();
    if (most == WITHOUT_LIMIT || again.failures() <= most) {
      return List.of(again);
    }
    discarder.discard(again, again.records(), BatchDiscarder.RETRIES_EXHAUSTED);
    return List.of();
  }
}
