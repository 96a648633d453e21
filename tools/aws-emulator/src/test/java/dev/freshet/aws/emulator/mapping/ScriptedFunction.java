package dev.freshet.aws.emulator.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.aws.emulator.function.FunctionFailedException;
import dev.freshet.aws.emulator.function.FunctionInvoker;
import dev.freshet.shard.Records;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A function that notes the numbers of the records it is given and answers as the test says. */
final class ScriptedFunction implements FunctionInvoker {

  static final String ALL_DONE = "{\"batchItemFailures\":[]}";

  private static final int MOST_CALLS = 20_000;

  final List<List<Integer>> calls = new ArrayList<>();
  private final Function<List<Integer>, String> script;

  ScriptedFunction(Function<List<Integer>, String> script) {
    this.script = script;
  }

  /** Answers the calls one after the other, and then that all is done. */
  static ScriptedFunction answering(String... answers) {
    List<String> left = new ArrayList<>(List.of(answers));
    return new ScriptedFunction(batch -> left.isEmpty() ? ALL_DONE : left.remove(0));
  }

  /** Throws whenever the poison is in the batch. */
  static ScriptedFunction throwingOn(int poison) {
    return new ScriptedFunction(batch -> batch.contains(poison) ? fail() : ALL_DONE);
  }

  static String fail() {
    throw new FunctionFailedException("place-items failed", new IllegalStateException("boom"));
  }

  static String reporting(Integer... numbers) {
    return List.of(numbers).stream()
        .map(n -> "{\"itemIdentifier\":\"" + Records.sequenceNumber(n) + "\"}")
        .collect(Collectors.joining(",", "{\"batchItemFailures\":[", "]}"));
  }

  @Override
  public byte[] invoke(byte[] eventJson, String requestId) {
    List<Integer> batch = numbers(eventJson);
    calls.add(batch);
    assertThat(calls.size()).as("a mapping that never ends").isLessThan(MOST_CALLS);
    return script.apply(batch).getBytes(StandardCharsets.UTF_8);
  }

  static List<Integer> numbers(byte[] eventJson) {
    List<Integer> numbers = new ArrayList<>();
    try {
      JsonNode records = new ObjectMapper().readTree(eventJson).path("Records");
      for (JsonNode record : records) {
        numbers.add(Records.numberOf(record.path("kinesis").path("sequenceNumber").asText()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return numbers;
  }
}
