package dev.freshet.event;

import dev.freshet.format.EventFormat;
import dev.freshet.format.EventFormat.Layout;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads the events of one format, each once for all feature groups. */
final class FormatReader {

  private static final int LONGEST_OPERATION = 16;

  /** The row of a change that its operation names. */
  private enum Row {
    AFTER,
    BEFORE,
    NONE
  }

  private final EventFormat format;
  private final Members members = new Members();
  private final Envelope.Reader envelopes;
  private final Member operation;
  private final List<IntakeReader> intakes;

  FormatReader(List<Intake> groups, EventFormat format) {
    this.format = format;
    envelopes = new Envelope.Reader(format, members);
    boolean isChange = format.layout() == Layout.DEBEZIUM;
    operation = isChange ? members.member("op") : null;
    intakes = groups.stream().map(each -> new IntakeReader(each, format, members)).toList();
    if (isChange) {
      members.unwrap("payload");
    }
  }

  /** Returns whether a stream carries events of the format, going by its name. */
  boolean isCarriedBy(String stream) {
    return intakes.stream().anyMatch(each -> each.typeOf(stream) != IntakeReader.NO_TYPE);
  }

  boolean isTypeOfStream() {
    return format.isTypeOfStream();
  }

  /** Returns the members of an event; empty if it is a JSON document but not an object. */
  Optional<MemberValues> members(byte[] data, int offset, int length) throws IOException {
    return Optional.ofNullable(members.read(data, offset, length));
  }

  /** Returns the type that an event names; empty if it names none. */
  Optional<String> typeName(MemberValues values) {
    return envelopes.typeName(values);
  }

  /** Returns whether a group reads a type in this format. */
  boolean reads(String typeName) {
    return intakes.stream().anyMatch(each -> each.typeNamed(typeName) != IntakeReader.NO_TYPE);
  }

  /**
   * Returns the event for each group, or why the group skips it or finds it invalid.
   *
   * @param stream the stream that carried it; empty if not known
   * @throws InvalidMemberException if it is invalid as such, for all groups
   */
  ParsedRecord[] read(
      MemberValues values, String stream, byte[] data, int offset, int length, long nowMillis)
      throws InvalidMemberException {
    ParsedRecord[] outcomes = new ParsedRecord[intakes.size()];
    Arrays.fill(outcomes, Skipped.OTHER_TYPE);
    Row row = row(values);
    if (row == Row.NONE) {
      return outcomes;
    }
    if (format.isTypeOfStream() && stream.isEmpty()) {
      throw new InvalidMemberException(
          Reason.MISSING_MEMBER,
          "their stream says the type of these events: name a file of them with it, STREAM=FILE");
    }
    Envelope envelope = envelopes.read(values, nowMillis);
    String id = envelope.eventId();
    for (int i = 0; i < outcomes.length; i++) {
      IntakeReader intake = intakes.get(i);
      int type =
          format.isTypeOfStream() ? intake.typeOf(stream) : intake.typeNamed(envelope.eventType());
      if (type != IntakeReader.NO_TYPE) {
        id = id == null ? Contents.id(data, offset, length) : id;
        outcomes[i] = intake.read(values, row == Row.BEFORE, id, type, envelope.occurredAtMillis());
      }
    }
    return outcomes;
  }

  private Row row(MemberValues values) throws InvalidMemberException {
    if (operation == null) {
      return Row.AFTER;
    }
    operation.require(values);
    return switch (operation.string(values, LONGEST_OPERATION)) {
      case "c", "u", "r" -> Row.AFTER;
      case "d" -> Row.BEFORE;
      default -> Row.NONE;
    };
  }
}
