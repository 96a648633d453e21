package dev.freshet.runtime.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The TCP connections of a process over IPv4, as Linux shows them in {@code /proc}. */
final class Connections {

  /** Columns of {@code /proc/net/tcp}. */
  private static final int REMOTE = 2;

  private static final int STATE = 3;
  private static final int INODE = 9;
  private static final String LISTENING = "0A";

  private Connections() {}

  /** Returns the remote ends, as {@code address:port}. */
  static List<String> of(long pid) throws IOException {
    Path process = Path.of("/proc", Long.toString(pid));
    Set<String> sockets = sockets(process.resolve("fd"));
    return Files.readAllLines(process.resolve("net/tcp")).stream()
        .skip(1)
        .map(line -> line.strip().split("\\s+"))
        .filter(columns -> sockets.contains("socket:[" + columns[INODE] + "]"))
        .filter(columns -> !columns[STATE].equals(LISTENING))
        .map(columns -> address(columns[REMOTE]))
        .toList();
  }

  private static Set<String> sockets(Path descriptors) throws IOException {
    try (Stream<Path> all = Files.list(descriptors)) {
      return all.map(Connections::target).collect(Collectors.toSet());
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (NoSuchFileException e) {
      return "closed meanwhile";
    } catch (IOException e) {
      return "unknown";
    }
  }

  /** {@code 0100007F:1F90} is 127.0.0.1:8080. */
  private static String address(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.substring(0, 8));
    return "%d.%d.%d.%d:%d"
        .formatted(
            bytes[3] & 0xff,
            bytes[2] & 0xff,
            bytes[1] & 0xff,
            bytes[0] & 0xff,
            HexFormat.fromHexDigits(hex, 9, 13));
  }
}
