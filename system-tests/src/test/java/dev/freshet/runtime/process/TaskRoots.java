package dev.freshet.runtime.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Unpacks deployed jars like Lambda: each into a folder like {@code /var/task}, where the runtime
 * looks for classes.
 */
public final class TaskRoots {

  private final Map<Path, Path> roots;

  private TaskRoots(Map<Path, Path> roots) {
    this.roots = Map.copyOf(roots);
  }

  /** Unpacks jars into a folder. */
  public static TaskRoots unpack(Set<Path> artifacts, Path folder) throws IOException {
    Map<Path, Path> roots = new HashMap<>();
    for (Path artifact : artifacts) {
      Path root = Files.createDirectories(folder.resolve("task-" + roots.size())).toRealPath();
      unpack(artifact, root);
      roots.put(artifact, root);
    }
    return new TaskRoots(roots);
  }

  /**
   * The folder with the files of a jar.
   *
   * @throws IllegalArgumentException if that has not been unpacked
   */
  public Path of(Path artifact) {
    Path root = roots.get(artifact);
    if (root == null) {
      throw new IllegalArgumentException("not unpacked: " + artifact);
    }
    return root;
  }

  private static void unpack(Path artifact, Path root) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(artifact))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path target = root.resolve(entry.getName()).normalize();
        if (!target.startsWith(root)) {
          throw new IOException("%s leads out of %s".formatted(entry.getName(), artifact));
        }
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          Files.copy(zip, target);
        }
      }
    }
  }
}
