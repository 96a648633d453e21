package dev.freshet.event;

import static dev.freshet.event.Judging.filters;
import static dev.freshet.event.Judging.numbers;
import static dev.freshet.event.Payments.PAID;
import static dev.freshet.event.Payments.intake;
import static dev.freshet.event.Payments.judged;
import static dev.freshet.event.Payments.parse;
import static dev.freshet.event.Payments.payment;
import static dev.freshet.event.Payments.rejected;
import static dev.freshet.input.Input.decimal;
import static dev.freshet.testing.TestEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.Entity;
import dev.freshet.format.TimeFormat;
import dev.freshet.input.Columns;
import dev.freshet.input.Filter;
import dev.freshet.input.Input;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests what inputs and filters take from events. */
class EventInputsTest {

  @Test
  void inputsHaveTheirTypesAndScales() {
    Columns columns =
        new Columns(
            List.of(
                decimal("n").scale(0),
                decimal("n").scale(2),
                decimal("n").scale(9),
                Input.flag("yes"),
                Input.seconds("from", "to").in(TimeFormat.EPOCH_MILLIS),
                Input.signedSeconds("to", "from").in(TimeFormat.EPOCH_MILLIS),
                Input.hourOfDay(ZoneId.of("Asia/Kathmandu")),
                Input.dayOfWeek(ZoneId.of("Pacific/Kiritimati")),
                Input.typeIs(PAID)),
            List.of(Input.text("t")),
            List.of());
    String json =
        payment(
            "\"n\":-2.5000000005,\"yes\":true,\"from\":1777896000000,\"to\":1777896000123,\"t\":7");
    assertThat(judged(intake(Entity.global("network"), columns, PAID), json))
        .isEqualTo(
            "p1 0 " + NOON + " all [-3, -250, -2, -500000000, 1, 123, -123, 17, 2, 1] [7] 0");
  }

  @Test
  void aNumberOfTheWrongTypeOrRangeIsInvalid() {
    Entity all = Entity.global("network");
    Intake number = intake(all, numbers(decimal("n")), PAID);
    assertThat(judged(number, payment("\"n\":\"1e12\""))).contains("[1000000000000000000]");
    rejected(
        number, payment("\"n\":1000000000000.0000001"), Reason.AMOUNT_OUT_OF_RANGE, "up to 10^12");
    rejected(
        number, payment("\"n\":\"12,50\""), Reason.WRONG_TYPE, "n must be a number or a decimal");
    rejected(number, payment("\"n\":\"\""), Reason.WRONG_TYPE, "decimal text");
    Intake flag = intake(all, numbers(Input.flag("yes")), PAID);
    rejected(flag, payment("\"yes\":\"true\""), Reason.WRONG_TYPE, "yes must be true or false");
    Intake seconds = intake(all, numbers(Input.seconds("from", "to")), PAID);
    rejected(
        seconds,
        payment("\"from\":1777896001,\"to\":1777896000"),
        Reason.NEGATIVE_DURATION,
        "to lies 1000 ms before from");
  }

  @Test
  void filtersAreBitsOfAnEvent() {
    Columns columns =
        filters(
            Filter.is("t", "a"),
            Filter.isNot("t", "a"),
            Filter.oneOf("t", "a", "b"),
            Filter.isTrue("yes"),
            Filter.isFalse("yes"),
            Filter.above(decimal("n"), 1.5),
            Filter.atLeast(decimal("n"), 1.5),
            Filter.absent("in.x"),
            Filter.present("t"),
            Filter.not(Filter.is("t", "a")),
            Filter.all(Filter.present("t"), Filter.isTrue("yes")),
            Filter.any(Filter.present("t"), Filter.isTrue("yes")),
            Filter.typeIs(PAID));
    Intake intake = intake(Entity.global("network"), columns, PAID);
    assertThat(passed(intake, "\"t\":\"a\",\"yes\":true,\"n\":1.5,\"in\":{\"x\":0}"))
        .isEqualTo("1_3_4_7_9_11_12_13");
    assertThat(passed(intake, "\"t\":\"b\",\"yes\":false,\"n\":\"1.500001\",\"in\":7"))
        .isEqualTo("2_3_5_6_7_8_9_10_12_13");
    assertThat(passed(intake, "\"in\":{\"x\":null}")).isEqualTo("8_10_13");
    rejected(intake, payment("\"n\":\"x\""), Reason.WRONG_TYPE, "n must be a number");
  }

  /** The numbers of the filters that an event passes, from 1. */
  private static String passed(Intake intake, String members) {
    Event event = (Event) parse(intake, "", payment(members));
    StringBuilder passed = new StringBuilder();
    for (int i = 0; i < 13; i++) {
      passed.append((event.filters() >> i & 1) == 1 ? "_" + (i + 1) : "");
    }
    return passed.substring(1);
  }

  @ParameterizedTest
  @CsvSource({
    "0.1, 6, true, true",
    "0.1, 7, true, true",
    "0.1, 9, true, true",
    "0.0999999, 6, true, true",
    "0.0999999, 7, false, false",
    "0.0999999, 9, false, false",
    "0.1000001, 7, false, true",
    "1e11, 0, false, true",
    "0, 0, false, false"
  })
  void aComparisonIsExactForTheInputAsItIsRounded(
      String number, int scale, boolean equal, boolean atLeast) {
    Input.Decimal input = decimal("n").scale(scale);
    Columns columns = filters(Filter.equalTo(input, 0.1), Filter.atLeast(input, 0.1));
    Intake intake = intake(Entity.global("network"), columns, PAID);
    Event event = (Event) parse(intake, "", payment("\"n\":" + number));
    assertThat(event.numbers()).as("a filter's input is no column").isEmpty();
    assertThat((event.filters() & 1) == 1).as("=").isEqualTo(equal);
    assertThat((event.filters() & 2) == 2).as("≥").isEqualTo(atLeast);
  }
}
