package dev.freshet.operations.events;

import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.format.EventFormat;
import java.util.List;
import java.util.Optional;

/**
 * The streams of event types, and the members of their events that are types, keys or times.
 *
 * <p>The partition key of an event is the item of a lifecycle; if there is none, the first member
 * of its id, or else of the entity. Its times are that at which it occurred, those that a feature
 * reads, and for the platform's own format the declared members whose name ends in {@code At}.
 */
public final class EventStreams {

  private final List<EventType> types;
  private final List<FormatPaths> formats;
  private final JsonText.Wanted wanted = new JsonText.Wanted();

  private EventStreams(List<EventType> types, List<FormatPaths> formats) {
    this.types = types;
    this.formats = formats;
    formats.forEach(format -> format.all().forEach(wanted::add));
  }

  /**
   * Returns the streams of the types that groups read.
   *
   * @throws IllegalStateException if there are none
   */
  public static EventStreams of(List<FeatureGroup> groups) {
    List<EventType> types =
        groups.stream().flatMap(group -> group.eventTypes().stream()).distinct().toList();
    if (types.isEmpty()) {
      throw new IllegalStateException(
          "no function reads a stream of events: declare one in serverless.yml");
    }
    List<EventFormat> formats = types.stream().map(EventType::format).distinct().toList();
    return new EventStreams(
        types, formats.stream().map(format -> new FormatPaths(format, groups)).toList());
  }

  /** Returns the types. */
  public List<EventType> types() {
    return types;
  }

  /** Returns the type that an event names, of whichever format; empty if it names none. */
  public Optional<String> typeName(byte[] event, String stream) {
    return parse(event, stream).map(EventLine::typeName);
  }

  /** Returns the stream of everything that is no event of a known type. */
  String otherwise() {
    return types.get(0).stream();
  }

  /**
   * Returns the event in a line; empty if the line is not exactly one JSON object in UTF-8.
   *
   * @param stream the stream that carried it; empty if not known
   */
  Optional<EventLine> parse(byte[] line, String stream) {
    return JsonText.parse(line, wanted).map(text -> line(text, stream));
  }

  private EventLine line(JsonText text, String stream) {
    String unknown = null;
    for (FormatPaths format : formats) {
      String name = format.isCarriedBy(stream) ? format.typeName(text, stream) : null;
      if (name != null && format.type(name) != null) {
        EventType type = format.type(name);
        return new EventLine(text, format, type, name, key(text, format.key(type)));
      }
      unknown = unknown == null ? name : unknown;
    }
    return new EventLine(
        text, null, null, unknown, key(text, formats.stream().flatMap(FormatPaths::keys).toList()));
  }

  private static Optional<String> key(JsonText text, Iterable<String> paths) {
    return Optional.ofNullable(text.first(paths));
  }
}
