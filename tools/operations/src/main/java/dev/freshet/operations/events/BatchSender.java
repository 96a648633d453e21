package dev.freshet.operations.events;

import dev.freshet.kinesis.Retries;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Sends one batch at a time until every record of it is acknowledged. */
final class BatchSender {

  private final StreamWriter writer;
  private final Retries retries;
  private final LongConsumer acknowledged;

  /**
   * @param acknowledged hears how many records each call got acknowledged
   */
  BatchSender(StreamWriter writer, Retries retries, LongConsumer acknowledged) {
    this.writer = writer;
    this.retries = retries;
    this.acknowledged = acknowledged;
  }

  /**
   * Returns once all of the batch is acknowledged; repeats exactly the records that were refused.
   *
   * @throws EventPutException if too many calls in a row got nothing acknowledged, or one threw
   */
  void send(String stream, List<OutgoingEvent> batch) throws InterruptedException {
    List<OutgoingEvent> waiting = batch;
    int fruitless = 0;
    while (true) {
      List<Optional<String>> refusals = write(stream, waiting);
      List<OutgoingEvent> refused = refused(waiting, refusals);
      acknowledged.accept(waiting.size() - refused.size());
      if (refused.isEmpty()) {
        return;
      }
      fruitless = refused.size() < waiting.size() ? 0 : fruitless + 1;
      if (fruitless == retries.attempts()) {
        throw new EventPutException(stream, refused.size(), gaveUp(refusals), null);
      }
      retries.pauseAfter(fruitless);
      waiting = refused;
    }
  }

  private List<Optional<String>> write(String stream, List<OutgoingEvent> events) {
    List<Optional<String>> refusals;
    try {
      refusals = writer.write(stream, events);
    } catch (RuntimeException e) {
      throw new EventPutException(stream, events.size(), String.valueOf(e.getMessage()), e);
    }
    if (refusals.size() != events.size()) {
      String reason = "the stream answered for %d of them".formatted(refusals.size());
      throw new EventPutException(stream, events.size(), reason, null);
    }
    return refusals;
  }

  private static List<OutgoingEvent> refused(
      List<OutgoingEvent> events, List<Optional<String>> refusals) {
    List<OutgoingEvent> refused = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      if (refusals.get(i).isPresent()) {
        refused.add(events.get(i));
      }
    }
    return refused;
  }

  private String gaveUp(List<Optional<String>> refusals) {
    String last = refusals.stream().flatMap(Optional::stream).findFirst().orElseThrow();
    return "refused %d times in a row, last with %s".formatted(retries.attempts(), last);
  }
}
