package dev.freshet.operations.events;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Streams in memory that refuse what a test tells them to; keeps what was taken and asked. */
final class FlakyStreams implements StreamWriter {

  final Map<String, List<String>> taken = new ConcurrentHashMap<>();
  final Map<String, List<List<String>>> calls = new ConcurrentHashMap<>();
  private final Predicate<OutgoingEvent> refuses;

  FlakyStreams(Predicate<OutgoingEvent> refuses) {
    this.refuses = refuses;
  }

  @Override
  public List<Optional<String>> write(String stream, List<OutgoingEvent> events) {
    calls
        .computeIfAbsent(stream, name -> new ArrayList<>())
        .add(events.stream().map(FlakyStreams::text).toList());
    return events.stream().map(this::answer).toList();
  }

  private Optional<String> answer(OutgoingEvent event) {
    if (refuses.test(event)) {
      return Optional.of("ProvisionedThroughputExceededException: slow down");
    }
    taken.computeIfAbsent(event.stream(), name -> new ArrayList<>()).add(text(event));
    return Optional.empty();
  }

  static String text(OutgoingEvent event) {
    return new String(event.json(), StandardCharsets.UTF_8);
  }
}
