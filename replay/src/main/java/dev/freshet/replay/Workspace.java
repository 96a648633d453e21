package dev.freshet.replay;

import dev.freshet.replay.sort.ExternalSort;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The temporary files of one replay, and how much memory its sorts may take. */
final class Workspace implements Closeable {

  private final Path folder;
  private final long memoryBytes;
  private final List<ExternalSort> sorts = new ArrayList<>();

  Workspace(long memoryBytes) throws IOException {
    this.folder = Files.createTempDirectory("freshet-replay-");
    this.memoryBytes = memoryBytes;
  }

  /** A sort of this replay; there are two at a time. */
  ExternalSort sort() throws IOException {
    Path own = Files.createDirectory(folder.resolve("sort-" + sorts.size()));
    ExternalSort sort = new ExternalSort(own, memoryBytes / 2);
    sorts.add(sort);
    return sort;
  }

  @Override
  public void close() throws IOException {
    for (int i = 0; i < sorts.size(); i++) {
      sorts.get(i).close();
      Files.delete(folder.resolve("sort-" + i));
    }
    Files.delete(folder);
  }
}
