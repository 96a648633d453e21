package dev.freshet.event;

import dev.freshet.fold.Occurrence;
import dev.freshet.input.Columns;
import dev.freshet.input.Filter;
import dev.freshet.input.Filter.Comparison;
import dev.freshet.input.Input;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.Function;

/** Decides whether an event passes a filter. */
@FunctionalInterface
interface Condition {

  /**
   * Returns whether an event passes.
   *
   * @param type the name of the event's type
   * @param numbers the numbers that the group takes from the event, those of filters among them
   * @param texts the texts likewise
   */
  boolean passes(MemberValues values, String type, long[] numbers, String[] texts);

  /**
   * Returns the condition of a filter.
   *
   * @param columns the numbers and texts of the event
   * @param member returns the member at a path
   */
  static Condition of(Filter filter, Columns columns, Function<String, Member> member) {
    if (filter instanceof Filter.OneOf oneOf) {
      int place = columns.texts().indexOf(oneOf.input());
      return (values, type, numbers, texts) ->
          texts[place] != null && oneOf.texts().contains(texts[place]) == oneOf.equal();
    }
    if (filter instanceof Filter.Compare compare) {
      return comparison(compare, columns.place(columns.numbers().indexOf(compare.input())));
    }
    if (filter instanceof Filter.Absent absent) {
      int index = member.apply(absent.path()).index();
      return (values, type, numbers, texts) -> values.isNowhere(index);
    }
    if (filter instanceof Filter.OfType ofType) {
      return (values, type, numbers, texts) -> ofType.types().contains(type);
    }
    return combined(filter, columns, member);
  }

  private static Condition combined(
      Filter filter, Columns columns, Function<String, Member> member) {
    if (filter instanceof Filter.Not not) {
      Condition other = of(not.filter(), columns, member);
      return (values, type, numbers, texts) -> !other.passes(values, type, numbers, texts);
    }
    boolean all = filter instanceof Filter.All;
    List<Filter> parts =
        filter instanceof Filter.All each ? each.filters() : ((Filter.Any) filter).filters();
    List<Condition> conditions = parts.stream().map(each -> of(each, columns, member)).toList();
    return (values, type, numbers, texts) -> {
      for (Condition each : conditions) {
        if (each.passes(values, type, numbers, texts) != all) {
          return !all;
        }
      }
      return all;
    };
  }

  /** Compares the number as it is rounded for its input; exactly, without doubles. */
  private static Condition comparison(Filter.Compare compare, int place) {
    Input input = compare.input();
    Comparison comparison = compare.comparison();
    if (Columns.isWide(input)) {
      return (values, type, numbers, texts) ->
          numbers[place] != Occurrence.NO_VALUE
              && comparison.fits(
                  BigDecimal.valueOf(numbers[place])
                      .add(BigDecimal.valueOf(numbers[place + 1], input.scale()))
                      .compareTo(compare.bound()));
    }
    BigDecimal bound = compare.bound().movePointRight(input.scale());
    long floor = saturated(bound.setScale(0, RoundingMode.FLOOR).toBigInteger());
    int ifEqual = bound.compareTo(BigDecimal.valueOf(floor)) == 0 ? 0 : -1;
    return (values, type, numbers, texts) ->
        numbers[place] != Occurrence.NO_VALUE
            && comparison.fits(
                numbers[place] == floor ? ifEqual : Long.compare(numbers[place], floor));
  }

  private static long saturated(BigInteger number) {
    return number.bitLength() < Long.SIZE
        ? number.longValue()
        : number.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
  }
}
