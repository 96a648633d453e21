package dev.freshet.operations.cost;

import static dev.freshet.operations.cost.DeclaredStage.RESULTS;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The records, shards and batches that a load makes of a stage. */
final class Traffic {

  private static final double PUT_UNIT_BYTES = 25_000;
  private static final double RECORDS_OF_SHARD = 1_000;
  private static final double BYTES_INTO_SHARD = 1e6;
  private static final double BYTES_OUT_OF_SHARD = 2e6;

  private final BillingSettings settings;
  private final Load load;
  private final Figures figures;
  private final List<Readings> readings;
  private final Map<String, Double> shards = new LinkedHashMap<>();
  private final List<Batches> batches = new ArrayList<>();
  private final double executions;
  private final boolean direct;
  private final double computed;
  private final double resultRecords;
  private final Batches stored;

  Traffic(DeclaredStage stage, BillingSettings settings, Load load, Figures figures) {
    this.settings = settings;
    this.load = load;
    this.figures = figures;
    this.readings = Readings.of(stage, settings);
    this.direct = settings.is("feature-store-writes", "direct");
    this.executions = executions(stage.movedByTime().size());
    this.computed = computed(stage);
    for (String stream : stage.streams()) {
      double size = recordsOf(stream) == 0 ? 0 : load.eventsOf(stream) / recordsOf(stream);
      double readers = readings.stream().filter(each -> each.stream().equals(stream)).count();
      shards.put(stream, shards("order", recordsOf(stream), size * load.eventBytes(), readers));
    }
    readings.forEach(each -> batches.add(batchesOf(each)));
    this.resultRecords = resultRecords();
    shards.put(
        RESULTS,
        shards(
            "results",
            resultRecords,
            results() * load.resultBytes() / Math.max(1, resultRecords),
            direct ? 0 : 1));
    shards.put(DeclaredStage.DEAD_LETTERS, settings.number("dead-letter-shards"));
    this.stored =
        Batches.of(
            resultRecords,
            shards.get(RESULTS),
            settings.with(Map.of("events-in-batch", BillingSettings.COMPUTED)),
            this::millisToStore);
  }

  /** Returns the executions that run: those declared, or as many as the due keys need. */
  private double executions(double groups) {
    double declared = groups * Math.max(1, settings.number("recalculation-ranges"));
    double cores =
        settings.number("recalculation-memory") / figures.of("/recalculation/coreMegabytes");
    double keys = figures.of("/recalculation/keysASecondAndCore") * Math.min(1, cores);
    double due = groups == 0 ? 0 : load.eventsPerSecond() * load.recalculatedAnEvent();
    return Math.max(declared, Math.ceil(due * figures.of("/peak") / keys));
  }

  /** Returns the results of events in a second: one for each event and feature group. */
  private double computed(DeclaredStage stage) {
    double all =
        stage.groups().stream()
            .flatMap(group -> DeclaredStage.streamsOf(group).stream())
            .mapToDouble(load::eventsOf)
            .sum();
    return load.measured().results().isPresent()
        ? load.measured().results().getAsDouble() * load.eventsPerSecond()
        : all;
  }

  private double shards(String prefix, double records, double bytes, double readers) {
    double peak = records * figures.of("/peak");
    double read = settings.is("consumer", "shared") ? readers : 1;
    double needed =
        Math.max(
            Math.max(peak / RECORDS_OF_SHARD, peak * bytes / BYTES_INTO_SHARD),
            peak * bytes * read / BYTES_OUT_OF_SHARD);
    double declared = settings.is("sizes", "declared") ? settings.number(prefix + "-shards") : 1;
    return Math.max(declared, Math.ceil(needed));
  }

  private Batches batchesOf(Readings reading) {
    String stream = reading.stream();
    return Batches.of(
        recordsOf(stream),
        shards.get(stream),
        settings,
        records -> millis(records * settings.number("events-in-record"), reading.groups()));
  }

  /** Returns the time of a function for a batch of events. */
  private double millis(double events, double groups) {
    int memory = figures.measuredMemory((int) settings.number("memory"));
    String table = "/invocationMillis/" + memory;
    double one = figures.at(table, 1);
    double more = figures.line(table, events) - one;
    return one
        + more * groups
        + (groups - 1) * figures.of("/anotherGroupMillis")
        + (direct ? figures.of("/directMillis") : 0);
  }

  /** Returns the time of the subscriber, which is taken for that of a function of one group. */
  private double millisToStore(double records) {
    double results = results() / Math.max(1e-9, resultRecords) * records;
    int memory = figures.measuredMemory((int) settings.number("memory"));
    return figures.line("/invocationMillis/" + memory, Math.max(1, results));
  }

  /** Returns the records that functions and recalculations put: of each batch, as few as can be. */
  private double resultRecords() {
    double records = 0;
    double all = 0;
    for (int i = 0; i < readings.size(); i++) {
      all += recordsOf(readings.get(i).stream()) * readings.get(i).groups();
    }
    for (int i = 0; i < readings.size(); i++) {
      Batches each = batches.get(i);
      double share = recordsOf(readings.get(i).stream()) * readings.get(i).groups() / all;
      double bytes = computed * share * load.resultBytes();
      records += Math.max(each.perSecond(), bytes / PUT_UNIT_BYTES);
    }
    return records + Math.max(executions, recalculated() * load.resultBytes() / PUT_UNIT_BYTES);
  }

  private double recalculated() {
    return executions == 0 ? 0 : load.eventsPerSecond() * load.recalculatedAnEvent();
  }

  /** Returns all results in a second. */
  double results() {
    return computed + recalculated();
  }

  double recordsOf(String stream) {
    return load.eventsOf(stream) / Math.max(1, settings.number("events-in-record"));
  }

  /** Returns the payload units of events in a second. */
  double eventUnits() {
    double size = load.eventBytes() * Math.max(1, settings.number("events-in-record"));
    return shards.keySet().stream().mapToDouble(this::recordsOf).sum()
        * Math.ceil(size / PUT_UNIT_BYTES);
  }

  double resultUnits() {
    return resultRecords;
  }

  Map<String, Double> shards() {
    return shards;
  }

  List<Readings> readings() {
    return readings;
  }

  List<Batches> batches() {
    return batches;
  }

  /** Returns the batches of the subscriber; of no use if there is none. */
  Batches stored() {
    return stored;
  }

  boolean isDirect() {
    return direct;
  }

  /** Returns the executions of recalculation that run at a time. */
  double executions() {
    return executions;
  }

  /** Returns the bytes in a second that dedicated consumers read. */
  double bytesRead() {
    double events =
        readings.stream().mapToDouble(each -> load.eventsOf(each.stream())).sum()
            * load.eventBytes();
    return events + (direct ? 0 : results() * load.resultBytes());
  }

  /** Returns the mean events of a batch. */
  double eventsInBatch() {
    double calls = batches.stream().mapToDouble(Batches::perSecond).sum();
    return batches.stream().mapToDouble(each -> each.records() * each.perSecond()).sum()
        / calls
        * settings.number("events-in-record");
  }

  /** Returns how many instances of functions there are at most, without recalculation. */
  double instances() {
    return batches.stream().mapToDouble(Batches::instances).sum()
        + (direct ? 0 : stored.instances());
  }

  /** Returns the calls of functions in a second, without recalculation. */
  double calls() {
    return batches.stream().mapToDouble(Batches::perSecond).sum()
        + (direct ? 0 : stored.perSecond());
  }

  double stateStoreCores() {
    return load.eventsPerSecond() * figures.at("/stateStore/microsAnEvent", eventsInBatch()) / 1e6;
  }

  double featureStoreCores() {
    double batch = direct ? 1 : results() / Math.max(1e-9, stored.perSecond());
    return results() * figures.at("/featureStore/microsAResult", batch) / 1e6;
  }
}
