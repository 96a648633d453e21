package dev.freshet.aws.emulator.mapping;

import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives records up: counts them and tells the mapping's destination, if it has one. */
final class Discarding {

  private static final Logger LOG = LoggerFactory.getLogger(Discarding.class);

  private final Optional<String> target;
  private final FailureDestination destination;
  private final DiscardDocument document;
  private final MappingMeters meters;
  private final InstantSource time;

  Discarding(
      Optional<String> target,
      FailureDestination destination,
      DiscardDocument document,
      MappingMeters meters,
      InstantSource time) {
    this.target = target;
    this.destination = destination;
    this.document = document;
    this.meters = meters;
    this.time = time;
  }

  void discard(Discard discard) {
    meters.discarded(discard.records().size());
    String text = document.write(discard, time.instant());
    LOG.warn("Gave up {} records: {}", discard.records().size(), text);
    target.ifPresent(name -> send(name, text));
  }

  /** A destination that fails must not hold the shard. */
  private void send(String name, String text) {
    try {
      destination.send(name, text);
    } catch (RuntimeException e) {
      LOG.error("Could not tell {} of discarded records: {}", name, text, e);
    }
  }
}
