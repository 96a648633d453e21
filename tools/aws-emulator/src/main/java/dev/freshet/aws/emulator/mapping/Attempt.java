package dev.freshet.aws.emulator.mapping;

import dev.freshet.aws.emulator.mapping.EventWriter.EventRecord;
import java.util.List;
import java.util.Optional;

/**
 * Records to give to the function in one invocation.
 *
 * @param failures how often the function got exactly these records and failed
 * @param last the last of these failures
 */
record Attempt(List<EventRecord> records, int failures, Optional<Failure> last) {

  /**
   * A failed invocation.
   *
   * @param byException whether the function threw; otherwise its answer reported the failure
   */
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
