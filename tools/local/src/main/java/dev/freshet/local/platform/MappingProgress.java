package dev.freshet.local.platform;

import static dev.freshet.local.platform.LocalMappings.COUNT;
import static dev.freshet.local.platform.LocalMappings.DEAD_LETTERS;
import static dev.freshet.local.platform.LocalMappings.RESULTS_STREAM;

import dev.freshet.aws.emulator.mapping.EventSourceMapping;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.FunctionGroups;
import dev.freshet.ledger.LedgerReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** How far the mappings of a template have come. */
final class MappingProgress {

  private final Map<String, List<EventSourceMapping>> mappings;
  private final Map<String, FunctionGroups> groups;

  /**
   * @param mappings by stream
   * @param groups by function
   */
  MappingProgress(
      Map<String, List<EventSourceMapping>> mappings, Map<String, FunctionGroups> groups) {
    this.mappings = mappings;
    this.groups = groups;
  }

  /** Counts the events that every function of their stream has processed. */
  long events() {
    return mappings.entrySet().stream()
        .filter(stream -> isBusiness(stream.getKey()))
        .mapToLong(stream -> slowest(stream.getValue()))
        .sum();
  }

  long deadLetters() {
    return slowest(mappings.getOrDefault(DEAD_LETTERS, List.of()));
  }

  /** Counts events as processed when the slowest function that reads their stream has them. */
  private static long slowest(List<EventSourceMapping> readers) {
    return readers.stream()
        .mapToLong(each -> each.counters().recordsDone() + each.counters().recordsDiscarded())
        .min()
        .orElse(0);
  }

  /** Returns what each mapping to a function of the template has done since the start. */
  List<MappingFlow> flows() {
    return mappings.values().stream()
        .flatMap(List::stream)
        .filter(each -> !each.definition().function().endsWith(COUNT))
        .map(this::flow)
        .toList();
  }

  /** Returns the records that each function with a ledger has finished, as its mappings know. */
  List<LedgerReport.Finished> handed() {
    return mappings.values().stream()
        .flatMap(List::stream)
        .filter(each -> groups.containsKey(each.definition().function()))
        .map(
            each ->
                new LedgerReport.Finished(
                    groups.get(each.definition().function()).toString(),
                    each.definition().stream(),
                    each.counters().recordsDone()))
        .toList();
  }

  private MappingFlow flow(EventSourceMapping mapping) {
    FunctionGroups served = groups.get(mapping.definition().function());
    Instant caughtUp = mapping.caughtUpAt();
    return new MappingFlow(
        mapping.definition().stream(),
        mapping.definition().function(),
        served == null ? List.of() : served.all().stream().map(FeatureGroup::name).toList(),
        mapping.counters().recordsDone(),
        mapping.counters().failures(),
        mapping.counters().recordsDiscarded(),
        caughtUp.equals(Instant.MIN)
            ? OptionalLong.empty()
            : OptionalLong.of(caughtUp.toEpochMilli()));
  }

  boolean haveDoneEventsOf(Instant put) {
    return readers(true).allMatch(mapping -> mapping.isCaughtUpWith(put));
  }

  boolean haveStoredResultsOf(Instant published) {
    return readers(false).allMatch(mapping -> mapping.isCaughtUpWith(published));
  }

  Optional<Throwable> failure() {
    return Stream.concat(readers(true), readers(false))
        .flatMap(mapping -> mapping.failure().stream())
        .findFirst();
  }

  private Stream<EventSourceMapping> readers(boolean ofBusinessEvents) {
    return mappings.entrySet().stream()
        .filter(stream -> isBusiness(stream.getKey()) == ofBusinessEvents)
        .flatMap(stream -> stream.getValue().stream());
  }

  private static boolean isBusiness(String stream) {
    return !stream.equals(RESULTS_STREAM) && !stream.equals(DEAD_LETTERS);
  }
}
