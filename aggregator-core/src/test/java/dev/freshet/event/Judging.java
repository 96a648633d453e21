package dev.freshet.event;

import static dev.freshet.testing.TestEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.Entity;
import dev.freshet.definition.EventType;
import dev.freshet.fold.Occurrence;
import dev.freshet.format.EventFormat;
import dev.freshet.input.Columns;
import dev.freshet.input.Filter;
import dev.freshet.input.Input;
import dev.freshet.testing.EventJson;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Parses at noon for groups of each kind. */
final class Judging {

  private static final EventFormat ITEMS = EventFormat.reference().requiring("itemId");

  static final Intake DURATIONS =
      new Intake(
          Entity.named("worker").by("workerId"),
          List.of(type("ITEM_DELIVERED", ITEMS)),
          numbers(Input.seconds("requestedAt", "acceptedAt")),
          event -> event.numbers()[0] != Occurrence.NO_VALUE);

  static final Intake AMOUNTS =
      new Intake(
          Entity.named("area").by("areaCode"),
          List.of(type("ITEM_CREATED", ITEMS)),
          numbers(Input.amount("totalAmount")),
          event -> true);

  static final Intake STAGES =
      new Intake(
          Entity.named("place").by("placeId"),
          Stream.of("ITEM_CREATED", "ITEM_PICKED", "ITEM_DELIVERED", "ITEM_CANCELLED")
              .map(name -> type(name, ITEMS))
              .toList(),
          texts(Input.text("itemId")),
          event -> true);

  private Judging() {}

  /** A type whose stream has its name in lower case, {@code item-created}. */
  static EventType type(String name, EventFormat format) {
    return new EventType(name, name.toLowerCase(java.util.Locale.ROOT).replace('_', '-'), format);
  }

  static Columns numbers(Input... numbers) {
    return new Columns(List.of(numbers), List.of(), List.of());
  }

  static Columns texts(Input... texts) {
    return new Columns(List.of(), List.of(texts), List.of());
  }

  static Columns filters(Filter... filters) {
    return new Columns(List.of(), List.of(), List.of(filters));
  }

  static ParsedRecord judge(Intake intake, byte[] data) {
    return new EventParser(intake).parse("", ByteBuffer.wrap(data), NOON);
  }

  static ParsedRecord judge(Intake intake, EventJson json) {
    return judge(intake, json.bytes());
  }

  static Event valid(Intake intake, EventJson json) {
    ParsedRecord judgement = judge(intake, json);
    assertThat(judgement).as("%s", json).isInstanceOf(Event.class);
    return (Event) judgement;
  }

  static void rejected(Intake intake, EventJson json, Reason reason, String mentions) {
    ParsedRecord judgement = judge(intake, json);
    assertThat(judgement).as("%s", json).isInstanceOf(Rejection.class);
    Rejection rejection = (Rejection) judgement;
    assertThat(rejection.reason()).as("%s: %s", json, rejection.detail()).isEqualTo(reason);
    assertThat(rejection.detail()).contains(mentions);
  }

  /** Describes an outcome, with the numbers and texts of an event, but without details. */
  static String outcome(ParsedRecord parsed) {
    return parsed instanceof Event event
        ? "%s %s %s %s %s %s %x"
            .formatted(
                event.eventId(),
                event.type(),
                event.occurredAtMillis(),
                event.entity(),
                Arrays.toString(event.numbers()),
                Arrays.toString(event.texts()),
                event.filters())
        : parsed instanceof Rejection ? "invalid" : parsed.toString();
  }

  /** A delivery that is valid for {@link #DURATIONS}: a wait of 30 s. */
  static EventJson delivery() {
    return EventJson.delivery("d1", NOON, "7", 30);
  }

  /** An item that is valid for {@link #AMOUNTS}. */
  static EventJson created() {
    return EventJson.event("ITEM_CREATED", "c1", NOON)
        .with("areaCode", "34")
        .with("totalAmount", "12.5");
  }
}
