package dev.freshet.aws.emulator.mapping;

import dev.freshet.aws.emulator.template.MappingDefinition;
import java.time.Instant;
import java.util.List;

/**
 * Decides which batches follow a failed one.
 *
 * <p>Records before the first reported one are done; the others are a new batch. A batch of which
 * no record is done is halved if the mapping bisects and the batch has at least two records.
 * Otherwise the function gets the same batch again. Only this last case counts as a retry.
 */
final class RetryRules {

  private static final int WITHOUT_LIMIT = -1;

  private final MappingDefinition mapping;

  RetryRules(MappingDefinition mapping) {
    this.mapping = mapping;
  }

  /** Returns the next batches, in order, after a failure with so many records done. */
  List<Attempt> after(Attempt attempt, int done, Attempt.Failure failure) {
    if (done > 0) {
      return List.of(attempt.from(done));
    }
    int half = attempt.records().size() / 2;
    return mapping.bisectBatchOnFunctionError() && half > 0
        ? List.of(attempt.until(half), attempt.from(half))
        : List.of(attempt.again(failure));
  }

  boolean isExhausted(Attempt attempt) {
    return mapping.maximumRetryAttempts() != WITHOUT_LIMIT
        && attempt.failures() > mapping.maximumRetryAttempts();
  }

  /** Returns how many of the oldest records exceed the maximum age. */
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
