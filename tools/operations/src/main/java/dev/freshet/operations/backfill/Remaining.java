package dev.freshet.operations.backfill;

import dev.freshet.replay.sort.ExternalSort;
import dev.freshet.replay.sort.KeyReader;
import dev.freshet.replay.sort.KeyWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Finds the entities with state of which the files had no history, in bounded memory. Nothing is
 * installed for them, but they are complete too.
 */
final class Remaining implements Closeable {

  private static final long MEMORY_BYTES = 16L << 20;
  private static final int INSTALLED = 0;
  private static final int HAS_STATE = 1;

  private final ExternalSort sort =
      new ExternalSort(Path.of(System.getProperty("java.io.tmpdir")), MEMORY_BYTES);
  private final KeyWriter out = new KeyWriter();

  void installed(String entity) throws IOException {
    sort.add(out.text(entity).small(INSTALLED).take());
  }

  /**
   * Takes entities that have state.
   *
   * @throws UncheckedIOException if a temporary file cannot be written
   */
  void haveState(List<String> entities) {
    try {
      for (String each : entities) {
        sort.add(out.text(each).small(HAS_STATE).take());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Passes on each entity that has state and was not installed; call it once. */
  void forEach(Consumer<String> receiver) throws IOException {
    String last = null;
    for (Iterator<byte[]> sorted = sort.sorted(); sorted.hasNext(); ) {
      KeyReader in = new KeyReader(sorted.next());
      String entity = in.text();
      if (!entity.equals(last) && in.small() == HAS_STATE) {
        receiver.accept(entity);
      }
      last = entity;
    }
  }

  @Override
  public void close() throws IOException {
    sort.close();
  }
}
