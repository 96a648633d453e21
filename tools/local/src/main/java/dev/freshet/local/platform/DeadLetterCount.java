package dev.freshet.local.platform;

import dev.freshet.aws.emulator.function.FunctionInvoker;
import dev.freshet.aws.emulator.template.MappingDefinition;
import java.time.Duration;
import java.util.Optional;

/** Reads the dead letters only to count them. */
final class DeadLetterCount {

  static final FunctionInvoker FUNCTION = (event, requestId) -> new byte[0];

  private static final int BATCH_SIZE = 1_000;

  private DeadLetterCount() {}

  static MappingDefinition mapping(String stream) {
    return new MappingDefinition(
        "dead-letter-count",
        stream,
        BATCH_SIZE,
        Duration.ZERO,
        1,
        false,
        -1,
        Optional.empty(),
        false,
        Optional.empty());
  }
}
