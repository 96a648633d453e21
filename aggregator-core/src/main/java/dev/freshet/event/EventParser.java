package dev.freshet.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.definition.Entity;
import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.input.Columns;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Parses events for feature groups: to each group, each is an event, a skipped one or a rejection.
 *
 * <p>Reads an event once for all groups. Safe for use by several threads.
 */
public final class EventParser {

  /** The size of the largest event, in bytes. */
  static final int MOST_BYTES = 256 * 1024;

  private static final int SHOWN_BYTES = 200;

  private final List<FormatReader> formats;
  private final int groups;

  public EventParser(FeatureGroup group) {
    this(List.of(group));
  }

  /** Creates a parser for several groups; their events must all be of one format. */
  public EventParser(List<FeatureGroup> groups) {
    this(groups.stream().map(Intake::of).toArray(Intake[]::new));
  }

  /** Creates a parser of ids, types and times alone: it takes nothing else from an event. */
  public static EventParser ofTypes(List<EventType> types) {
    return ofTypes(types, List.of());
  }

  /**
   * Creates a parser whose first outcome is of ids, types and times alone; those of the groups
   * follow. The first decides which format applies, so each group must read events of one format.
   */
  public static EventParser ofTypes(List<EventType> types, List<FeatureGroup> groups) {
    Entity every = Entity.global("every_event");
    Intake ofTypes = new Intake(every, types, Columns.NONE, event -> true);
    return new EventParser(
        Stream.concat(Stream.of(ofTypes), groups.stream().map(Intake::of)).toArray(Intake[]::new));
  }

  EventParser(Intake... intakes) {
    groups = intakes.length;
    formats =
        Arrays.stream(intakes)
            .flatMap(intake -> intake.types().stream())
            .map(EventType::format)
            .distinct()
            .map(format -> new FormatReader(List.of(intakes), format))
            .toList();
  }

  /** Parses one event for the only group; see {@link #parseForEach}. */
  public ParsedRecord parse(String stream, ByteBuffer data, long nowMillis) {
    if (groups != 1) {
      throw new IllegalStateException("the parser has " + groups + " groups: use parseForEach()");
    }
    return parseForEach(stream, data, nowMillis)[0];
  }

  /**
   * Parses one event, and returns the outcome for each group. An event that is invalid as such has
   * the same rejection for all.
   *
   * <p>If a group reads events of several formats, the stream says which one applies. Without a
   * stream, or if types of several formats share it, that is the first format whose type path names
   * a type of a group; then the first whose type path names any type; then the first that has no
   * type path.
   *
   * @param stream the name of its stream, possibly with a stage's prefix; null or empty if not
   *     known, as for events of files
   * @param data the event's bytes, from position to limit; not moved
   * @param nowMillis the clock, which events may be a little ahead of
   */
  public ParsedRecord[] parseForEach(String stream, ByteBuffer data, long nowMillis) {
    if (data.remaining() > MOST_BYTES) {
      return forAll(Reason.TOO_LARGE, data.remaining() + " bytes are more than " + MOST_BYTES);
    }
    String name = stream == null ? "" : stream;
    try {
      if (data.hasArray()) {
        int offset = data.arrayOffset() + data.position();
        return parse(name, data.array(), offset, data.remaining(), nowMillis);
      }
      byte[] copy = new byte[data.remaining()];
      data.duplicate().get(copy);
      return parse(name, copy, 0, copy.length, nowMillis);
    } catch (InvalidMemberException e) {
      return forAll(e.rejection());
    } catch (IOException e) {
      return forAll(Reason.NOT_JSON, e.getMessage());
    }
  }

  private ParsedRecord[] forAll(Reason reason, String detail) {
    return forAll(new Rejection(reason, detail));
  }

  private ParsedRecord[] forAll(Rejection rejection) {
    ParsedRecord[] outcomes = new ParsedRecord[groups];
    Arrays.fill(outcomes, rejection);
    return outcomes;
  }

  private ParsedRecord[] parse(String stream, byte[] data, int offset, int length, long nowMillis)
      throws IOException, InvalidMemberException {
    FormatReader format =
        formats.size() == 1 ? formats.get(0) : choose(stream, data, offset, length);
    Optional<MemberValues> values = format.members(data, offset, length);
    return values.isPresent()
        ? format.read(values.get(), stream, data, offset, length, nowMillis)
        : forAll(
            Reason.NOT_AN_OBJECT,
            "an event must be a JSON object, not " + start(data, offset, length));
  }

  private static String start(byte[] data, int offset, int length) {
    return Quote.of(new String(data, offset, Math.min(length, SHOWN_BYTES), UTF_8));
  }

  /** Returns the format of an event, if there are several. */
  private FormatReader choose(String stream, byte[] data, int offset, int length)
      throws IOException {
    List<FormatReader> carried = formats.stream().filter(each -> each.isCarriedBy(stream)).toList();
    List<FormatReader> candidates = carried.isEmpty() ? formats : carried;
    FormatReader best =
        candidates.stream()
            .filter(FormatReader::isTypeOfStream)
            .findFirst()
            .orElse(candidates.get(0));
    boolean named = false;
    for (FormatReader each : candidates.size() == 1 ? List.<FormatReader>of() : candidates) {
      Optional<String> type = each.members(data, offset, length).flatMap(each::typeName);
      if (type.filter(each::reads).isPresent()) {
        return each;
      }
      best = type.isPresent() && !named ? each : best;
      named |= type.isPresent();
    }
    return best;
  }
}
