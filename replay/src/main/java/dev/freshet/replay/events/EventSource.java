package dev.freshet.replay.events;

import dev.freshet.definition.EventType;
import dev.freshet.replay.table.TableFormat;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file of events: JSON objects, or a table in CSV or Parquet.
 *
 * @param stream the stream that carried them, without a stage's prefix; empty if each event says
 *     its type
 * @param file its path, in any file system
 * @param types the types of the catalogue, which say how the cells of a table are written
 */
public record EventSource(String stream, String file, List<EventType> types) {

  private static final String SIGNS = "*?[{";

  public EventSource(String stream, String file) {
    this(stream, file, List.of());
  }

  /** Returns a file whose events say their types. */
  public static EventSource of(Path file) {
    return new EventSource("", file.toString());
  }

  /**
   * Reads {@code FILE} or {@code STREAM=FILE}.
   *
   * @param types the types of the catalogue: what is none of their streams is part of a path
   */
  public static EventSource parse(String argument, List<EventType> types) {
    int equals = argument.indexOf('=');
    String stream = argument.substring(0, Math.max(0, equals));
    return types.stream().anyMatch(type -> type.stream().equals(stream))
        ? new EventSource(stream, argument.substring(equals + 1), types)
        : new EventSource("", argument, types);
  }

  /**
   * Reads arguments as {@link #parse} does; a file may be a pattern such as {@code 2015-*.jsonl.gz}
   * or <code>days/**.parquet</code>, which stands for the files that match, in the order of their
   * paths.
   *
   * @throws IOException if no file matches a pattern; the message is one line
   */
  public static List<EventSource> all(List<String> arguments, List<EventType> types)
      throws IOException {
    List<EventSource> all = new ArrayList<>();
    for (String argument : arguments) {
      EventSource source = parse(argument, types);
      if (isPattern(source.file) && !Files.exists(source.path())) {
        for (Path match : matches(source.file)) {
          all.add(new EventSource(source.stream, match.toString(), types));
        }
      } else {
        all.add(source);
      }
    }
    return all;
  }

  private static boolean isPattern(String path) {
    return path.chars().anyMatch(each -> SIGNS.indexOf(each) >= 0);
  }

  private static List<Path> matches(String pattern) throws IOException {
    int plain = 0;
    while (SIGNS.indexOf(pattern.charAt(plain)) < 0) {
      plain++;
    }
    String folder = pattern.substring(0, pattern.lastIndexOf('/', plain) + 1);
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    try (Stream<Path> files = Files.walk(Path.of(folder))) {
      List<Path> found =
          files.filter(matcher::matches).filter(Files::isRegularFile).sorted().toList();
      if (!found.isEmpty()) {
        return found;
      }
    } catch (IOException e) {
      throw new IOException("cannot read %s: there is no folder %s".formatted(pattern, folder), e);
    }
    throw new IOException("cannot read " + pattern + ": no file matches");
  }

  /** Returns the path of a file of this machine. */
  public Path path() {
    return Path.of(file);
  }

  /**
   * Opens a file of this machine.
   *
   * @throws IOException if it cannot be read, or is clearly no file of events; the message is one
   *     line that names it
   */
  public RawEvents open() throws IOException {
    int equals = file.indexOf('=');
    if (equals > 0 && !Files.exists(path())) {
      throw new IOException(
          "cannot read %s: there is no such file, and the catalogue has no stream %s"
              .formatted(file, file.substring(0, equals)));
    }
    return table().isPresent() ? openTable(path()) : new EventFileReader(path());
  }

  /** Returns the format of a table, by the name of the file; empty if it holds JSON objects. */
  public Optional<TableFormat> table() {
    return TableFormat.of(file).filter(TableFormat::hasColumns);
  }

  /**
   * Opens a table.
   *
   * @param copy its content, in a file of this machine
   */
  public RawEvents openTable(Path copy) throws IOException {
    return new TableEvents(copy, file, table().orElseThrow(), typesOfStream());
  }

  private List<EventType> typesOfStream() {
    return stream.isEmpty()
        ? types
        : types.stream().filter(type -> type.stream().equals(stream)).toList();
  }
}
