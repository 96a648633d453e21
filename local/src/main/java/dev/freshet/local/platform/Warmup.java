package dev.freshet.local.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.local.function.FunctionInvoker;
import java.util.Collection;

/** Calls each function once with no records: its classes are loaded before the first event. */
final class Warmup {

  private static final byte[] NO_RECORDS = "{\"Records\":[]}".getBytes(UTF_8);

  private Warmup() {}

  static void run(Collection<FunctionInvoker> functions) {
    functions.parallelStream().forEach(function -> function.invoke(NO_RECORDS, "warm-up"));
  }
}
