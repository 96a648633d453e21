package dev.freshet.aws.emulator.mapping;

import dev.freshet.aws.emulator.template.MappingDefinition;
import java.time.Instant;
import java.util.List;

/**
 * What becomes of a batch that failed.
 *
 * <p>Records before the reported one are done, and the rest is a new batch. A batch that failed as
 * a whole is halved if the mapping bisects and there is something to halve; this also is what
 * happens to one whose first record is the reported one. Otherwise the same batch is handed over
 * again. Only that counts as a retry: halving and the progress of a partial answer do not.
 */
final class RetryRules {

  private static final int WITHOUT_LIMIT = -1;

  private final MappingDefinition mapping;

  RetryRules(MappingDefinition mapping) {
    this.mapping = mapping;
  }

  /** The batches to hand over next, in order, after a failure. */
  List<Attempt> after(Attempt attempt, Outcome outcome, String requestId) {
    if (outcome instanceof Outcome.FailedFrom partial) {
      return List.of(attempt.from(partial.index()));
    }
    int half = attempt.records().size() / 2;
    if (mapping.bisectBatchOnFunctionError() && half > 0) {
      return List.of(attempt.until(half), attempt.from(half));
    }
    boolean byException = outcome instanceof Outcome.Failed failed && failed.byException();
    return List.of(attempt.again(new Attempt.Failure(requestId, byException)));
  }

  boolean isExhausted(Attempt attempt) {
    return mapping.maximumRetryAttempts() != WITHOUT_LIMIT
        && attempt.failures() > mapping.maximumRetryAttempts();
  }

  /** How many of the oldest records exceed the maximum age. */
  int expired(Attempt attempt, Instant now) {
    return mapping
        .maximumRecordAge()
        .map(age -> leadingBefore(attempt.records(), now.minus(age)))
        .orElse(0);
  }

  private static int leadingBefore(List<EventRecord> records, Instant oldest) {
    return (int) records.stream().takeWhile(record -> record.arrival().isBefore(oldest)).count();
  }
}
