package dev.freshet.event;

import dev.freshet.definition.EventType;
import dev.freshet.event.Members.Values;
import dev.freshet.format.EventFormat;
import dev.freshet.format.EventFormat.Layout;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Reads the events of one format for one feature group. */
final class FormatReader {

  private static final int LONGEST_OPERATION = 16;
  private static final int NO_TYPE = -1;

  private final Intake intake;
  private final EventFormat format;
  private final int[] types;
  private final Members members = new Members();
  private final Envelope.Reader envelopes;
  private final Member operation;
  private final InputsReader row;
  private final InputsReader rowBefore;

  FormatReader(Intake intake, EventFormat format) {
    this.intake = intake;
    this.format = format;
    types =
        IntStream.range(0, intake.types().size())
            .filter(type -> intake.types().get(type).format().equals(format))
            .toArray();
    envelopes = new Envelope.Reader(format, members);
    if (format.layout() == Layout.DEBEZIUM) {
      operation = members.member("op");
      row = row("after.");
      rowBefore = row("before.");
      members.unwrap("payload");
    } else {
      operation = null;
      row = row("");
      rowBefore = null;
    }
  }

  private InputsReader row(String prefix) {
    return new InputsReader(intake, path -> members.member(prefix + path), format.time());
  }

  /** Returns whether a stream carries events of the format, going by its name. */
  boolean isCarriedBy(String stream) {
    return typeOf(stream) != NO_TYPE;
  }

  /**
   * Returns the type whose stream has a name, possibly with a prefix such as {@code prod-}; the one
   * of the longest name if there are several.
   */
  private int typeOf(String stream) {
    int found = NO_TYPE;
    int longest = 0;
    for (int type : types) {
      String own = intake.types().get(type).stream();
      if (own.length() > longest && isNamed(stream, own)) {
        found = type;
        longest = own.length();
      }
    }
    return found;
  }

  private static boolean isNamed(String stream, String own) {
    int prefix = stream.length() - own.length();
    return stream.endsWith(own) && (prefix == 0 || stream.charAt(prefix - 1) == '-');
  }

  boolean isTypeOfStream() {
    return format.isTypeOfStream();
  }

  /** Returns the members of an event; empty if it is a JSON document but not an object. */
  Optional<Values> members(byte[] data, int offset, int length) throws IOException {
    return Optional.ofNullable(members.read(data, offset, length));
  }

  /** Returns the type that an event names; empty if it names none. */
  Optional<String> typeName(Values values) {
    return envelopes.typeName(values);
  }

  /** Returns whether the group reads a type in this format. */
  boolean reads(String typeName) {
    return indexOf(typeName) != NO_TYPE;
  }

  /**
   * Returns the event, or why the group skips it.
   *
   * @param stream the stream that carried it; empty if not known
   */
  ParsedRecord read(
      Values values, String stream, byte[] data, int offset, int length, long nowMillis)
      throws InvalidMemberException {
    InputsReader rows = rows(values);
    if (rows == null) {
      return Skipped.OTHER_TYPE;
    }
    if (format.isTypeOfStream() && stream.isEmpty()) {
      throw new InvalidMemberException(
          Reason.MISSING_MEMBER,
          "their stream says the type of these events: name a file of them with it, STREAM=FILE");
    }
    Envelope envelope = envelopes.read(values, nowMillis);
    int type = format.isTypeOfStream() ? typeOf(stream) : indexOf(envelope.eventType());
    if (type == NO_TYPE) {
      return Skipped.OTHER_TYPE;
    }
    String id = envelope.eventId() == null ? Contents.id(data, offset, length) : envelope.eventId();
    return rows.read(values, id, type, envelope.occurredAtMillis());
  }

  /** Returns the reader of a change's row; null if it changes no row. */
  private InputsReader rows(Values values) throws InvalidMemberException {
    if (operation == null) {
      return row;
    }
    operation.require(values);
    return switch (operation.string(values, LONGEST_OPERATION)) {
      case "c", "u", "r" -> row;
      case "d" -> rowBefore;
      default -> null;
    };
  }

  private int indexOf(String name) {
    List<EventType> all = intake.types();
    for (int type : types) {
      if (all.get(type).name().equals(name)) {
        return type;
      }
    }
    return NO_TYPE;
  }
}
