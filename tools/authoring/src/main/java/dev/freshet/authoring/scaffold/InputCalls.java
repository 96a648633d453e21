package dev.freshet.authoring.scaffold;

import dev.freshet.input.Filter;
import dev.freshet.input.Input;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The inputs and filters of declarations, as users write them. */
final class InputCalls {

  private static final Pattern CALL = Pattern.compile("([A-Za-z]+)\\(([^()]*)\\)");
  private static final Set<String> OF_MEMBERS =
      Set.of("amount", "decimal", "text", "flag", "instant", "seconds", "signedSeconds");
  private static final Set<String> OF_ZONE = Set.of("hourOfDay", "dayOfWeek");

  private static final Pattern COMPARISON =
      Pattern.compile("([A-Za-z_][A-Za-z0-9_.]*)\\s*(!=|>=|<=|=|>|<)\\s*(.+)");
  private static final Map<String, String> COMPARISONS =
      Map.of("=", "is", "!=", "isNot", ">", "above", ">=", "atLeast", "<", "below", "<=", "atMost");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{1,9})?");

  private InputCalls() {}

  /**
   * The input of an event: {@code FROM:TO} for the seconds between two times, the member of an
   * amount, or a call such as {@code decimal(meta.price)} or {@code hourOfDay(UTC)}.
   */
  static Call<Input> input(String text) {
    Matcher call = CALL.matcher(text.strip());
    if (call.matches()) {
      return call(call.group(1), call.group(2).split(",", -1));
    }
    String[] members = text.strip().split(":", -1);
    if (members.length > 2 || members[0].isBlank() || members[members.length - 1].isBlank()) {
      throw new IllegalArgumentException(
          ("a value is FROM:TO for the seconds between two times, the MEMBER of an amount, or one of"
                  + " %s and %s, such as decimal(price) or hourOfDay(UTC): '%s'")
              .formatted(
                  String.join(" ", OF_MEMBERS.stream().sorted().toList()),
                  String.join(" ", OF_ZONE.stream().sorted().toList()),
                  text));
    }
    return call(members.length == 2 ? "seconds" : "amount", members);
  }

  private static Call<Input> call(String name, String... arguments) {
    Object[] parts = Arrays.stream(arguments).map(String::strip).toArray();
    int wanted = name.endsWith("econds") ? 2 : 1;
    if (OF_ZONE.contains(name) && parts.length == 1) {
      return ofZone(name, (String) parts[0]);
    }
    Blueprint.require(
        OF_MEMBERS.contains(name) && parts.length == wanted,
        "there is no input %s(%s)".formatted(name, String.join(",", arguments)));
    return Call.of(Input.class, Input.class, name, parts);
  }

  private static Call<Input> ofZone(String name, String zone) {
    try {
      ZoneId id = ZoneId.of(zone);
      Input made = name.equals("hourOfDay") ? Input.hourOfDay(id) : Input.dayOfWeek(id);
      return new Call<>(
          "%s(ZoneId.of(%s))".formatted(name, Layout.literal(zone)),
          Set.of("static " + Input.class.getName() + "." + name, "java.time.ZoneId"),
          made);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "there is no time zone '" + zone + "': name one such as Europe/Berlin", e);
    }
  }

  /**
   * A filter of events: {@code member=text}, {@code member!=text}, {@code member>5} (or another
   * comparison with a number), {@code member=true}, or {@code absent(member)}, {@code
   * present(member)}.
   */
  static Call<Filter> filter(String text) {
    Matcher call = CALL.matcher(text.strip());
    if (call.matches() && Set.of("absent", "present").contains(call.group(1))) {
      return Call.of(Filter.class, Filter.class, call.group(1), call.group(2).strip());
    }
    Matcher comparison = COMPARISON.matcher(text.strip());
    Blueprint.require(
        comparison.matches(),
        ("a filter is MEMBER=TEXT, MEMBER!=TEXT, MEMBER>NUMBER (also >=, <, <=), MEMBER=true,"
                + " absent(MEMBER) or present(MEMBER): '%s'")
            .formatted(text));
    String member = comparison.group(1);
    String operator = comparison.group(2);
    String right = comparison.group(3).strip();
    if (operator.equals("=") && Set.of("true", "false").contains(right)) {
      String name = right.equals("true") ? "isTrue" : "isFalse";
      return Call.of(Filter.class, Filter.class, name, member);
    }
    return operator.endsWith(">") || operator.startsWith("<") || operator.startsWith(">")
        ? ofNumber(COMPARISONS.get(operator), member, right)
        : Call.of(Filter.class, Filter.class, COMPARISONS.get(operator), member, right);
  }

  private static Call<Filter> ofNumber(String name, String member, String number) {
    Blueprint.require(
        NUMBER.matcher(number).matches(),
        "a filter compares %s with a number, not with '%s'".formatted(member, number));
    Input input = Input.decimal(member);
    double bound = Double.parseDouble(number);
    Filter made =
        switch (name) {
          case "above" -> Filter.above(input, bound);
          case "atLeast" -> Filter.atLeast(input, bound);
          case "below" -> Filter.below(input, bound);
          default -> Filter.atMost(input, bound);
        };
    return new Call<>(
        "%s(decimal(%s), %s)".formatted(name, Layout.literal(member), number),
        Set.of(
            "static " + Filter.class.getName() + "." + name,
            "static " + Input.class.getName() + ".decimal"),
        made);
  }
}
