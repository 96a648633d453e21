package dev.freshet.aws.emulator.mapping;

import java.util.List;

/** Records that are given up. */
record Discard(Attempt attempt, List<EventRecord> records, Condition condition) {

  enum Condition {
    RETRY_ATTEMPTS_EXHAUSTED("RetryAttemptsExhausted"),
    RECORD_AGE_EXCEEDED("RecordAgeExceeded");

    private final String text;

    Condition(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  EventRecord first() {
    return records.get(0);
  }

  EventRecord last() {
    return records.get(records.size() - 1);
  }
}
