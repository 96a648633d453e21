package dev.freshet.event;

import dev.freshet.definition.EventType;
import dev.freshet.format.EventFormat;
import dev.freshet.format.EventFormat.Layout;
import java.util.List;
import java.util.stream.IntStream;

/** Reads what one feature group takes from the events of one format. */
final class IntakeReader {

  static final int NO_TYPE = -1;

  private final List<EventType> all;
  private final int[] types;
  private final InputsReader row;
  private final InputsReader rowBefore;

  /**
   * @param members receives the members that the group needs
   */
  IntakeReader(Intake intake, EventFormat format, Members members) {
    all = intake.types();
    types =
        IntStream.range(0, all.size())
            .filter(type -> all.get(type).format().equals(format))
            .toArray();
    boolean isChange = format.layout() == Layout.DEBEZIUM;
    row = row(intake, format, isChange ? "after." : "", members);
    rowBefore = isChange ? row(intake, format, "before.", members) : null;
  }

  private static InputsReader row(
      Intake intake, EventFormat format, String prefix, Members members) {
    return new InputsReader(intake, path -> members.member(prefix + path), format.time());
  }

  /** Returns the type whose stream has a name; the one of the longest name if there are several. */
  int typeOf(String stream) {
    int found = NO_TYPE;
    int longest = 0;
    for (int type : types) {
      EventType each = all.get(type);
      if (each.stream().length() > longest && each.isCarriedBy(stream)) {
        found = type;
        longest = each.stream().length();
      }
    }
    return found;
  }

  int typeNamed(String name) {
    for (int type : types) {
      if (all.get(type).name().equals(name)) {
        return type;
      }
    }
    return NO_TYPE;
  }

  /** Returns the event of the group's {@code type}-th type, or why it is none for the group. */
  ParsedRecord read(
      MemberValues values, boolean isRowBefore, String eventId, int type, long occurredAtMillis) {
    try {
      return (isRowBefore ? rowBefore : row).read(values, eventId, type, occurredAtMillis);
    } catch (InvalidMemberException e) {
      return e.rejection();
    }
  }
}
