package dev.freshet.local.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.aws.emulator.function.FunctionInvoker;
import dev.freshet.aws.emulator.template.MappingDefinition;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/** Counts what mappings give to their functions, around these. */
final class InvocationMeter {

  private static final byte[] DATA = "\"data\":\"".getBytes(UTF_8);
  private static final byte[] RECALCULATION = "\"trigger\":\"recalculation\"".getBytes(UTF_8);

  private final List<Counters> mappings = new CopyOnWriteArrayList<>();

  private record Counters(
      MappingDefinition mapping,
      LongAdder invocations,
      LongAdder nanos,
      LongAdder records,
      LongAdder bytes,
      LongAdder recalculated) {

    Counters(MappingDefinition mapping) {
      this(
          mapping,
          new LongAdder(),
          new LongAdder(),
          new LongAdder(),
          new LongAdder(),
          new LongAdder());
    }

    void add(byte[] event, long took) {
      invocations.increment();
      nanos.add(took);
      for (ByteBuffer base64 : dataOf(event)) {
        byte[] data = Base64.getDecoder().decode(base64).array();
        records.increment();
        bytes.add(data.length);
        recalculated.add(count(data, RECALCULATION));
      }
    }

    MappingCounts read() {
      return new MappingCounts(
          mapping.function(),
          mapping.stream(),
          invocations.sum(),
          records.sum(),
          bytes.sum(),
          nanos.sum() / 1_000_000,
          recalculated.sum());
    }
  }

  FunctionInvoker around(FunctionInvoker function, MappingDefinition mapping) {
    Counters counters = new Counters(mapping);
    mappings.add(counters);
    return (event, requestId) -> {
      long start = System.nanoTime();
      byte[] answer = function.invoke(event, requestId);
      counters.add(event, System.nanoTime() - start);
      return answer;
    };
  }

  List<MappingCounts> read() {
    return mappings.stream().map(Counters::read).toList();
  }

  /** Returns the data of the records of a Lambda event, as the emulator writes it. */
  private static List<ByteBuffer> dataOf(byte[] event) {
    List<ByteBuffer> all = new ArrayList<>();
    int start = find(event, DATA, 0);
    while (start >= 0) {
      int end = start;
      while (event[end] != '"') {
        end++;
      }
      all.add(ByteBuffer.wrap(event, start, end - start));
      start = find(event, DATA, end);
    }
    return all;
  }

  private static int count(byte[] text, byte[] part) {
    int count = 0;
    for (int end = find(text, part, 0); end >= 0; end = find(text, part, end)) {
      count++;
    }
    return count;
  }

  /** Returns the index after the first occurrence of a part; −1 if there is none. */
  private static int find(byte[] text, byte[] part, int from) {
    for (int i = from; i <= text.length - part.length; i++) {
      int matched = 0;
      while (matched < part.length && text[i + matched] == part[matched]) {
        matched++;
      }
      if (matched == part.length) {
        return i + part.length;
      }
    }
    return -1;
  }
}
