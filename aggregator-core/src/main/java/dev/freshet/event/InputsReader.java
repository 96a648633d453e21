package dev.freshet.event;

import dev.freshet.definition.Entity;
import dev.freshet.format.TimeFormat;
import dev.freshet.input.Columns;
import dev.freshet.input.Filter;
import dev.freshet.input.Input;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads what a feature group takes from the events of one format: the entity, inputs and filters.
 *
 * <p>Checks members that are present before missing ones, so that a wrong member is always
 * reported. Inputs of filters are read like others.
 */
final class InputsReader {

  private final Intake intake;
  private final Columns all;
  private final int columnsWidth;
  private final List<Member> entity;
  private final NumberReader[] numbers;
  private final int[] places;
  private final Member[] texts;
  private final Condition[] filters;

  /**
   * @param member returns the member at a path of an entity or an input
   * @param time the unit of times without a unit of their own
   */
  InputsReader(Intake intake, Function<String, Member> member, TimeFormat time) {
    this.intake = intake;
    all = withInputsOfFilters(intake.columns());
    columnsWidth = intake.columns().width();
    entity = intake.entity().members().stream().map(member).toList();
    numbers =
        all.numbers().stream()
            .map(each -> NumberReader.of(each, member, time))
            .toArray(NumberReader[]::new);
    places = new int[numbers.length];
    Arrays.setAll(places, all::place);
    texts =
        all.texts().stream().map(each -> member.apply(each.paths().get(0))).toArray(Member[]::new);
    filters =
        all.filters().stream()
            .map(each -> Condition.of(each, all, member))
            .toArray(Condition[]::new);
  }

  private static Columns withInputsOfFilters(Columns columns) {
    Set<Input> numbers = new LinkedHashSet<>(columns.numbers());
    Set<Input> texts = new LinkedHashSet<>(columns.texts());
    for (Filter filter : columns.filters()) {
      filter.inputs().forEach(input -> (input.isText() ? texts : numbers).add(input));
    }
    return new Columns(List.copyOf(numbers), List.copyOf(texts), columns.filters());
  }

  /** Returns the event of the group's {@code type}-th type, or why the group skips it. */
  ParsedRecord read(MemberValues values, String eventId, int type, long atMillis)
      throws InvalidMemberException {
    String typeName = intake.types().get(type).name();
    String key = entity(values);
    long[] allNumbers = numbers(values, typeName, atMillis);
    String[] allTexts = texts(values);
    if (key == null) {
      return Skipped.NO_ENTITY;
    }
    Event event =
        new Event(
            eventId,
            type,
            atMillis,
            key,
            first(allNumbers, columnsWidth),
            first(allTexts, intake.columns().texts().size()),
            filters(values, typeName, allNumbers, allTexts));
    return intake.uses().test(event) ? event : Skipped.NO_VALUE;
  }

  private static long[] first(long[] values, int length) {
    return values.length == length ? values : Arrays.copyOf(values, length);
  }

  private static String[] first(String[] values, int length) {
    return values.length == length ? values : Arrays.copyOf(values, length);
  }

  /** Returns the entity id; null if a part of it is absent. */
  private String entity(MemberValues values) throws InvalidMemberException {
    if (entity.size() == 1) {
      return idOrNull(entity.get(0), values);
    }
    Joined parts = new Joined();
    boolean absent = false;
    for (Member each : entity) {
      String part = idOrNull(each, values);
      absent |= part == null;
      if (part != null) {
        parts.add(part);
      }
    }
    return absent ? null : entity.isEmpty() ? Entity.ALL : parts.toString();
  }

  private static String idOrNull(Member member, MemberValues values) throws InvalidMemberException {
    return member.isAbsent(values) ? null : member.id(values);
  }

  private long[] numbers(MemberValues values, String typeName, long atMillis)
      throws InvalidMemberException {
    if (numbers.length == 0) {
      return Event.NO_NUMBERS;
    }
    long[] read = new long[all.width()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i].read(values, typeName, atMillis, read, places[i]);
    }
    return read;
  }

  private String[] texts(MemberValues values) throws InvalidMemberException {
    if (texts.length == 0) {
      return Event.NO_TEXTS;
    }
    String[] read = new String[texts.length];
    for (int i = 0; i < texts.length; i++) {
      read[i] = idOrNull(texts[i], values);
    }
    return read;
  }

  private long filters(MemberValues values, String typeName, long[] allNumbers, String[] allTexts) {
    long passed = 0;
    for (int i = 0; i < filters.length; i++) {
      passed |= filters[i].passes(values, typeName, allNumbers, allTexts) ? 1L << i : 0;
    }
    return passed;
  }
}
