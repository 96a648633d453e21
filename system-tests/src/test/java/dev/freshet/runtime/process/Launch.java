package dev.freshet.runtime.process;

import java.nio.file.Path;
import java.util.List;

/**
 * The differences of a function's process from the managed runtime.
 *
 * @param prefix a command that runs the command that follows it
 * @param jvmOptions options after the runtime's own, which they override
 * @param jars that the system class loader finds classes in, before the runtime's own loader looks
 *     for them; archives hold no classes of other loaders
 * @param isSnapshotTaken whether the runtime prepares for a snapshot, and waits
 */
public record Launch(
    List<String> prefix, List<String> jvmOptions, List<Path> jars, boolean isSnapshotTaken) {

  /** No differences. */
  public static final Launch MANAGED = new Launch(List.of(), List.of(), List.of());

  /** With SnapStart: runs up to the snapshot, and continues on request. */
  public static final Launch SNAPSHOT = new Launch(List.of(), List.of(), List.of(), true);

  /** Without a snapshot. */
  public Launch(List<String> prefix, List<String> jvmOptions, List<Path> jars) {
    this(prefix, jvmOptions, jars, false);
  }

  public Launch {
    prefix = List.copyOf(prefix);
    jvmOptions = List.copyOf(jvmOptions);
    jars = List.copyOf(jars);
  }
}
