package dev.freshet.aws.emulator.mapping;

import dev.freshet.aws.emulator.function.AwsAccount;
import dev.freshet.aws.emulator.template.MappingDefinition;
import java.time.Duration;
import java.util.Optional;

/** Mapping definitions for tests: one that retries for ever, changed member by member. */
record Mappings(
    int batchSize,
    Duration window,
    int lanes,
    boolean bisect,
    int retries,
    Optional<Duration> age) {

  static final AwsAccount ACCOUNT = new AwsAccount("us-east-1", "000000000000");
  static final String DESTINATION = "arn:aws:sqs:us-east-1:000000000000:discarded";

  static Mappings mapping() {
    return new Mappings(100, Duration.ZERO, 1, false, -1, Optional.empty());
  }

  Mappings ofBatches(int size) {
    return new Mappings(size, window, lanes, bisect, retries, age);
  }

  Mappings inLanes(int count) {
    return new Mappings(batchSize, window, count, bisect, retries, age);
  }

  Mappings bisecting() {
    return new Mappings(batchSize, window, lanes, true, retries, age);
  }

  Mappings retrying(int times) {
    return new Mappings(batchSize, window, lanes, bisect, times, age);
  }

  Mappings upToAge(Duration most) {
    return new Mappings(batchSize, window, lanes, bisect, retries, Optional.of(most));
  }

  MappingDefinition build() {
    return build(true);
  }

  MappingDefinition build(boolean reportsBatchItemFailures) {
    return new MappingDefinition(
        "place-items",
        "item-created",
        batchSize,
        window,
        lanes,
        bisect,
        retries,
        age,
        reportsBatchItemFailures,
        Optional.of(DESTINATION));
  }
}
