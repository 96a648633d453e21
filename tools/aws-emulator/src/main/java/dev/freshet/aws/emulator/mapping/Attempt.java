package dev.freshet.aws.emulator.mapping;

import java.util.List;
import java.util.Optional;

/**
 * A batch on its way through the function.
 *
 * @param failures how often exactly these records were handed over and failed
 * @param last the last of these failures
 */
record Attempt(List<EventRecord> records, int failures, Optional<Failure> last) {

  /** An invocation that failed; {@code byException} as in {@link Outcome.Failed}. */
  record Failure(String requestId, boolean byException) {}

  static Attempt first(List<EventRecord> records) {
    return new Attempt(List.copyOf(records), 0, Optional.empty());
  }

  Attempt from(int index) {
    return first(records.subList(index, records.size()));
  }

  Attempt until(int index) {
    return first(records.subList(0, index));
  }

  Attempt again(Failure failure) {
    return new Attempt(records, failures + 1, Optional.of(failure));
  }
}
