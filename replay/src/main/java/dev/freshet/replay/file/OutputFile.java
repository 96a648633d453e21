package dev.freshet.replay.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.Optional;

/** A file that appears when it is complete. */
public final class OutputFile {

  private OutputFile() {}

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Writing {
    void to(Path file) throws IOException;
  }

  /**
   * Writes a file under another name in the same folder, and renames it when it is complete; until
   * then, an existing file stays as it is. Follows a symbolic link. Writes directly to anything
   * that is no regular file, such as a terminal.
   *
   * @throws IOException if it cannot be written; the message is one line that names it
   */
  public static void write(Path output, Writing writing) throws IOException {
    Path parent = output.toAbsolutePath().getParent();
    if (parent == null || Files.isDirectory(output)) {
      throw new IOException("cannot write " + output + ": it is a folder");
    }
    if (!Files.isDirectory(parent)) {
      throw new IOException("cannot write " + output + ": there is no folder " + parent);
    }
    try {
      if (Files.exists(output) && !Files.isRegularFile(output)) {
        writing.to(output);
      } else {
        replace(Files.exists(output) ? output.toRealPath() : output.toAbsolutePath(), writing);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (FileSystemException e) {
      throw new IOException("cannot write " + output + ": " + e, e);
    }
  }

  private static void replace(Path file, Writing writing) throws IOException {
    long process = ProcessHandle.current().pid();
    Path unfinished =
        file.resolveSibling(".%s.%d.unfinished".formatted(file.getFileName(), process));
    try {
      writing.to(unfinished);
      Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  /** Returns the first input that is the same file as the output, under any name or link. */
  public static Optional<Path> among(Collection<Path> inputs, Path output) throws IOException {
    for (Path input : inputs) {
      if (Files.exists(input) && Files.exists(output) && Files.isSameFile(input, output)) {
        return Optional.of(input);
      }
    }
    return Optional.empty();
  }
}
