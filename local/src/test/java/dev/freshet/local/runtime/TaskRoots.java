package dev.freshet.local.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * What Lambda makes of deployed jars: the folder {@code /var/task} with all their files, which is
 * where the runtime looks for classes. A jar is unpacked once.
 */
public final class TaskRoots {

  private final Path folder;
  private final Map<Path, Path> unpacked = new HashMap<>();

  /**
   * None yet.
   *
   * @param folder where to unpack
   */
  public TaskRoots(Path folder) {
    this.folder = folder;
  }

  /** The folder with the files of a jar. */
  public synchronized Path of(Path artifact) throws IOException {
    Path root = unpacked.get(artifact);
    if (root == null) {
      root = Files.createDirectories(folder.resolve("task-" + unpacked.size())).toRealPath();
      unpack(artifact, root);
      unpacked.put(artifact, root);
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
