package dev.freshet.replay.events;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.event.Quote;
import dev.freshet.event.Utf8;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Recognises files of other formats by their first bytes. */
final class OtherFormats {

  private static final String GZIP = "; gzip the events alone";

  /** The advice for each start of a file, which is in ISO 8859-1. */
  private static final Map<String, String> SIGNATURES = new LinkedHashMap<>();

  static {
    SIGNATURES.put("\u001F\u008B", "it is gzip inside gzip; gunzip it once");
    SIGNATURES.put("PAR1", "it is Parquet; let its name end in .parquet");
    SIGNATURES.put("Obj\u0001", "it is Avro; write the events as JSON lines");
    SIGNATURES.put("ORC", "it is ORC; write the events as JSON lines");
    SIGNATURES.put("PK\u0003\u0004", "it is a ZIP archive" + GZIP);
    SIGNATURES.put("(\u00B5/\u00FD", "it is packed with Zstandard" + GZIP);
    SIGNATURES.put("BZh", "it is packed with bzip2" + GZIP);
    SIGNATURES.put("\u00FD7zXZ", "it is packed with xz" + GZIP);
    SIGNATURES.put("\u0004\"M\u0018", "it is packed with LZ4" + GZIP);
    SIGNATURES.put("\u00FF\u0006\u0000\u0000sNaPpY", "it is packed with Snappy" + GZIP);
    for (String start : new String[] {"\u00FF\u00FE", "\u00FE\u00FF", "{\0", "\0{", "[\0", "\0["}) {
      SIGNATURES.put(start, "it is UTF-16; write it in UTF-8");
    }
  }

  private OtherFormats() {}

  /**
   * Returns the format and the advice; empty if the file may hold events.
   *
   * @param start the whole file, or its first tens of kilobytes
   */
  static Optional<String> guess(byte[] start) {
    Optional<String> known = bySignature(start);
    if (known.isPresent()) {
      return known;
    }
    String text = new String(start, ISO_8859_1);
    boolean mayBe = text.indexOf('{') >= 0 || text.matches("(\u00EF\u00BB\u00BF)?[\\s,\\[\\]]*+");
    return mayBe ? Optional.empty() : Optional.of(noObject(start, text));
  }

  /** Returns the format and the advice if the first bytes of a file say its format. */
  static Optional<String> bySignature(byte[] start) {
    String text = new String(start, ISO_8859_1);
    return SIGNATURES.entrySet().stream()
        .filter(each -> text.startsWith(each.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static String noObject(byte[] start, String text) {
    if (!Utf8.isValid(start, 0, wholeCharacters(start)) || text.indexOf(0) >= 0) {
      return "it is binary; events are JSON objects, one after another";
    }
    String line = new String(start, UTF_8).replace("\uFEFF", "").strip().lines().findFirst().get();
    boolean isCsv = line.matches("[^,;\t]*+[,;\t].*");
    String kind = isCsv ? "it looks like CSV" : "it holds no JSON object";
    String advice =
        isCsv ? "let its name end in .csv" : "events are JSON objects, one after another";
    return "%s, beginning %s; %s".formatted(kind, Quote.of(line), advice);
  }

  /** Returns the length without an incomplete character at the end. */
  private static int wholeCharacters(byte[] start) {
    int end = start.length;
    while (end > 0 && end > start.length - 4 && start[end - 1] < 0) {
      end--;
    }
    return end;
  }
}
