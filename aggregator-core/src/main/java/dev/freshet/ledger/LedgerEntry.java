package dev.freshet.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;

/**
 * The counts of one invocation. How many came in is counted where they enter; each way to end is
 * counted where it happens, so that what is lost between the two is missing in the sum.
 *
 * <p>Not safe for use by several threads.
 */
@SuppressWarnings("EnumOrdinal") // counts are arrays with a place for each fate, and never stored
public final class LedgerEntry {

  private static final Fate[] FATES = Fate.values();

  private final Map<LedgerLine, long[]> counts = new LinkedHashMap<>();
  private final List<LedgerLine> shards = new ArrayList<>(1);
  private final Map<LedgerLine, String> steps = new LinkedHashMap<>(0);
  private String lastArn = "";
  private String lastPrefix = "";
  private long[] lastRecords;
  private String lastName = "";
  private String lastGroup = "";
  private long lastHour;
  private long[] lastResults;

  /** Something that came in and did not end, or the other way round. */
  public record Missing(LedgerLine line, long number) {}

  /**
   * Counts a record that enters a function by an event source mapping. Records come in runs of one
   * shard: looks only whether the shard is that of the record before.
   *
   * @param eventId {@code <shard id>:<sequence number>}
   * @param sourceArn {@code arn:…:stream/<name>}
   */
  public void enters(String eventId, String sourceArn) {
    if (!eventId.startsWith(lastPrefix) || !sourceArn.equals(lastArn)) {
      lastArn = sourceArn;
      lastPrefix = eventId.substring(0, eventId.indexOf(':') + 1);
      String shard = lastPrefix.substring(0, lastPrefix.length() - 1);
      lastRecords = records(sourceArn.substring(sourceArn.lastIndexOf('/') + 1), shard);
    }
    lastRecords[Fate.IN.ordinal()]++;
  }

  /** Counts a record that enters a function. */
  public void entersShard(String stream, String shard) {
    records(stream, shard)[Fate.IN.ordinal()]++;
  }

  private long[] records(String stream, String shard) {
    LedgerLine line = LedgerLine.records(stream, shard);
    if (!counts.containsKey(line)) {
      shards.add(line);
    }
    return of(line);
  }

  /** The lines of the records that have entered, one for each shard. */
  public List<LedgerLine> shards() {
    return shards;
  }

  /** Adds to a count. */
  public void add(LedgerLine line, Fate fate, long number) {
    if (number != 0) {
      of(line)[fate.ordinal()] += number;
    }
  }

  /** Adds a result of a group, by the hour in which it was computed. */
  public void addResult(String name, long computedAtMillis, String group, Fate fate) {
    long hour = LedgerLine.hourOf(computedAtMillis);
    if (hour != lastHour || !group.equals(lastGroup) || !name.equals(lastName)) {
      lastName = name;
      lastHour = hour;
      lastGroup = group;
      lastResults = of(new LedgerLine(name, Long.toString(hour), group));
    }
    lastResults[fate.ordinal()]++;
  }

  /** Returns a count. */
  public long count(LedgerLine line, Fate fate) {
    long[] found = counts.get(line);
    return found == null ? 0 : found[fate.ordinal()];
  }

  /** Adds all counts of another entry. */
  public void addAll(LedgerEntry other) {
    other.counts.forEach(
        (line, added) -> {
          long[] sums = of(line);
          Arrays.setAll(sums, i -> sums[i] + added[i]);
        });
  }

  /** Passes on the counts of each line that are not zero. */
  public void forEach(LineReceiver receiver) {
    counts.forEach((line, numbers) -> receiver.line(line, each -> nonZero(numbers, each)));
  }

  private static void nonZero(long[] numbers, ObjLongConsumer<Fate> receiver) {
    for (Fate fate : FATES) {
      if (numbers[fate.ordinal()] != 0) {
        receiver.accept(fate, numbers[fate.ordinal()]);
      }
    }
  }

  public boolean isEmpty() {
    return counts.isEmpty();
  }

  /** Returns the lines whose counts do not add up; what the writer was not handed is last. */
  public List<Missing> missing() {
    List<Missing> missing = new ArrayList<>(0);
    counts.forEach(
        (line, numbers) -> {
          long left = line.isBalanced() ? left(numbers) : 0;
          if (left != 0) {
            missing.add(new Missing(line, left));
          }
        });
    long lost = count(LedgerLine.BATCHES, Fate.HANDED) - count(LedgerLine.STORE, Fate.IN);
    if (lost != 0) {
      missing.add(new Missing(LedgerLine.BATCHES, lost));
    }
    return missing;
  }

  /** Returns how many came in and did not end. */
  private static long left(long[] numbers) {
    long left = 2 * numbers[Fate.IN.ordinal()];
    for (long each : numbers) {
      left -= each;
    }
    return left;
  }

  /** Names the step of a line where something vanished. */
  public void blame(LedgerLine line, String step) {
    steps.put(line, step);
  }

  /** Returns the step where something of a line vanished, for the log. */
  public String step(LedgerLine line) {
    String otherwise = line.isOfRecords() ? "before they were parsed" : "in " + line.stream();
    return line.equals(LedgerLine.BATCHES)
        ? "on the way to the feature store"
        : steps.getOrDefault(line, otherwise);
  }

  private long[] of(LedgerLine line) {
    return counts.computeIfAbsent(line, unseen -> new long[FATES.length]);
  }

  /** Receives lines. */
  @FunctionalInterface
  public interface LineReceiver {

    /**
     * Receives a line.
     *
     * @param counts passes on its counts that are not zero
     */
    void line(LedgerLine line, Consumer<ObjLongConsumer<Fate>> counts);
  }
}
