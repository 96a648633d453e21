package dev.freshet.operations.redrive;

import dev.freshet.event.Reason;
import java.time.Instant;
import java.util.Set;

/**
 * Selects dead letters; an empty set selects all.
 *
 * @param streams with or without the prefix
 * @param since the first selected instant of receipt
 * @param until the first instant after the selected ones
 */
public record LetterFilter(
    String streamPrefix,
    Set<String> featureGroups,
    Set<Reason> reasons,
    Set<String> streams,
    Instant since,
    Instant until) {

  boolean matches(Letter letter) {
    return (featureGroups.isEmpty() || letter.groups().stream().anyMatch(featureGroups::contains))
        && (reasons.isEmpty() || reasons.stream().anyMatch(r -> r.name().equals(letter.reason())))
        && matchesStream(letter.stream())
        && isInTime(letter.received());
  }

  boolean matchesStream(String stream) {
    return streams.isEmpty()
        || streams.contains(stream)
        || streams.stream().anyMatch(name -> stream.equals(streamPrefix + name));
  }

  boolean isInTime(Instant instant) {
    return !instant.isBefore(since) && instant.isBefore(until);
  }
}
