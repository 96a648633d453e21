package dev.freshet.event;

import static dev.freshet.event.Judging.outcome;
import static dev.freshet.event.Judging.type;
import static dev.freshet.testing.TestEvents.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.Entity;
import dev.freshet.definition.EventType;
import dev.freshet.format.EventFormat;
import dev.freshet.format.TimeFormat;
import dev.freshet.input.Columns;
import java.nio.ByteBuffer;
import java.util.List;

/** Events of payments, in a format that another producer writes. */
final class Payments {

  static final EventFormat PAYMENTS =
      EventFormat.json()
          .id("meta.id")
          .type("meta.type")
          .occurredAt("meta.ts", TimeFormat.EPOCH_SECONDS);
  static final EventType PAID = type("PAID", PAYMENTS);
  static final String AT = Long.toString(NOON / 1_000);

  private Payments() {}

  static Intake intake(Entity entity, Columns columns, EventType... types) {
    return new Intake(entity, List.of(types), columns, event -> true);
  }

  static String payment(String members) {
    return "{\"meta\":{\"id\":\"p1\",\"type\":\"PAID\",\"ts\":" + AT + "}," + members + "}";
  }

  static ParsedRecord parse(Intake intake, String stream, String json) {
    return new EventParser(intake).parse(stream, ByteBuffer.wrap(json.getBytes(UTF_8)), NOON);
  }

  static String judged(Intake intake, String json) {
    return outcome(parse(intake, "", json));
  }

  static void rejected(Intake intake, String json, Reason reason, String mentions) {
    ParsedRecord parsed = parse(intake, "", json);
    assertThat(parsed).as(json).isInstanceOf(Rejection.class);
    assertThat(((Rejection) parsed).reason()).as("%s", parsed).isEqualTo(reason);
    assertThat(((Rejection) parsed).detail()).contains(mentions);
  }
}
