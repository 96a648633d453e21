package dev.freshet.ledger;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All ledgers of a platform, and whether they add up. A JSON library can write it as it is.
 *
 * @param rows what came into each function, and where it went
 * @param groups the results of each feature group
 * @param results all results
 * @param finished the records that each function has finished, once for each time
 * @param missing how many records, events, keys and results have vanished
 */
public record LedgerReport(
    List<Row> rows,
    List<GroupResults> groups,
    Results results,
    List<Finished> finished,
    long missing) {

  /**
   * The counts of what came into a function.
   *
   * @param group {@link LedgerLine#EVERY_GROUP} for results that the subscriber reads; empty for
   *     records
   * @param stream the stream, or the name of another source: {@code @due} for keys that were due,
   *     {@code @batches} for results on their way to the writer of the feature store
   * @param in what came in, each delivery for itself
   * @param applied what had its effect
   * @param unfinished what came, or comes, again
   * @param missing what came in and did not end; negative if more ended than came in
   */
  public record Row(
      String function,
      String group,
      String stream,
      String shard,
      long in,
      long applied,
      long duplicate,
      long late,
      long skipped,
      long invalid,
      long unfinished,
      long missing) {

    /** Returns whether the row counts the events of a feature group. */
    public boolean isOfEvents() {
      return !group.isEmpty() && !group.equals(LedgerLine.EVERY_GROUP) && !stream.startsWith("@");
    }
  }

  /** The records of a stream that a function has finished. */
  public record Finished(String function, String stream, long records) {}

  /**
   * The results of a feature group in the hours that the ledger keeps.
   *
   * @param published acknowledged, as their function knows
   * @param arrived safely read on their way into the feature store
   * @param inFlight published, and not arrived yet
   * @param missing published in an hour that is over, and not arrived
   * @param again arrived without being counted as published: put again after a lost answer, read
   *     again after a function died, or published by a tool
   */
  public record GroupResults(
      String group, long published, long arrived, long inFlight, long missing, long again) {}

  /**
   * All results.
   *
   * @param stored written into the feature store
   * @param stale dropped, as there was a newer one
   * @param skipped of a group that is to be forgotten
   * @param invalid no results
   */
  public record Results(
      long published,
      long stored,
      long stale,
      long skipped,
      long invalid,
      long inFlight,
      long missing,
      long again) {}

  /**
   * Creates the report.
   *
   * @param isAtRest whether nothing can be in flight
   */
  public static LedgerReport of(List<LedgerSums> ledgers, long nowMillis, boolean isAtRest) {
    List<Row> rows = new ArrayList<>();
    ledgers.forEach(each -> addRows(each, rows));
    List<GroupResults> groups = new ResultHours(ledgers, nowMillis, isAtRest).groups();
    List<Finished> finished =
        ledgers.stream().flatMap(each -> finished(each.function(), each.sums()).stream()).toList();
    return of(rows, groups, results(ledgers, rows, groups), finished);
  }

  private static LedgerReport of(
      List<Row> rows, List<GroupResults> groups, Results results, List<Finished> finished) {
    long vanished = rows.stream().mapToLong(each -> Math.abs(each.missing())).sum();
    return new LedgerReport(
        List.copyOf(rows), groups, results, finished, vanished + results.missing());
  }

  private static List<Finished> finished(String function, LedgerEntry sums) {
    Map<String, Long> byStream = new TreeMap<>();
    sums.forEach(
        (line, counts) -> {
          if (line.isOfRecords()) {
            byStream.merge(line.stream(), sums.count(line, Fate.DONE), Long::sum);
          }
        });
    return byStream.entrySet().stream()
        .map(each -> new Finished(function, each.getKey(), each.getValue()))
        .toList();
  }

  /**
   * Returns the report with a row for each function that has finished fewer records than it was
   * handed.
   *
   * @param handed the records that are done for those who hand them over
   */
  public LedgerReport with(List<Finished> handed) {
    List<Row> all = new ArrayList<>(rows);
    for (Finished each : handed) {
      long done =
          finished.stream()
              .filter(own -> own.function().equals(each.function()))
              .filter(own -> own.stream().equals(each.stream()))
              .mapToLong(Finished::records)
              .sum();
      if (done < each.records()) {
        long left = each.records() - done;
        all.add(
            new Row(
                each.function(), "", each.stream(), "", each.records(), done, 0, 0, 0, 0, 0, left));
      }
    }
    return of(all, groups, results, finished);
  }

  private static void addRows(LedgerSums ledger, List<Row> rows) {
    List<Row> own = new ArrayList<>();
    LedgerEntry sums = ledger.sums();
    sums.forEach(
        (line, counts) -> {
          if (!line.isOfHour() && !line.equals(LedgerLine.STORE)) {
            own.add(row(ledger.function(), line, sums));
          }
        });
    own.removeIf(each -> each.group().isEmpty() && each.missing() == 0);
    own.sort(Comparator.comparing(Row::group).thenComparing(Row::stream).thenComparing(Row::shard));
    rows.addAll(own);
  }

  private static Row row(String function, LedgerLine line, LedgerEntry sums) {
    return new Row(
        function,
        line.group(),
        line.stream(),
        line.shard(),
        sums.count(line, Fate.IN),
        sums.count(line, Fate.APPLIED)
            + sums.count(line, Fate.DONE)
            + sums.count(line, Fate.HANDED),
        sums.count(line, Fate.DUPLICATE) + sums.count(line, Fate.STALE),
        sums.count(line, Fate.LATE),
        sums.count(line, Fate.SKIPPED),
        sums.count(line, Fate.INVALID),
        sums.count(line, Fate.UNFINISHED),
        sums.missing().stream()
            .filter(each -> each.line().equals(line))
            .mapToLong(LedgerEntry.Missing::number)
            .sum());
  }

  private static Results results(
      List<LedgerSums> ledgers, List<Row> rows, List<GroupResults> groups) {
    return new Results(
        groups.stream().mapToLong(GroupResults::published).sum(),
        sum(ledgers, LedgerLine.STORE, Fate.STORED),
        sum(ledgers, LedgerLine.STORE, Fate.STALE) + sum(ledgers, LedgerLine.BATCHES, Fate.STALE),
        sum(ledgers, LedgerLine.STORE, Fate.SKIPPED),
        rows.stream()
            .filter(each -> each.group().equals(LedgerLine.EVERY_GROUP))
            .mapToLong(Row::invalid)
            .sum(),
        groups.stream().mapToLong(GroupResults::inFlight).sum(),
        groups.stream().mapToLong(GroupResults::missing).sum(),
        groups.stream().mapToLong(GroupResults::again).sum());
  }

  private static long sum(List<LedgerSums> ledgers, LedgerLine line, Fate fate) {
    return ledgers.stream().mapToLong(each -> each.sums().count(line, fate)).sum();
  }
}
