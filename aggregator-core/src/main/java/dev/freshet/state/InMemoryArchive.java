package dev.freshet.state;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** An archive on the heap, for tests and measurements. */
public final class InMemoryArchive implements Archive {

  private final Map<String, Archived> items = new HashMap<>();
  private final Set<ByteBuffer> entries = new HashSet<>();

  @Override
  public synchronized Map<String, Archived> read(Collection<String> entities) {
    Map<String, Archived> found = new HashMap<>();
    entities.stream()
        .filter(items::containsKey)
        .forEach(entity -> found.put(entity, items.get(entity)));
    return found;
  }

  @Override
  public synchronized void write(List<Archived> written, IntConsumer stored) {
    for (int i = 0; i < written.size(); i++) {
      items.merge(
          written.get(i).entity(), written.get(i), (a, b) -> b.version() > a.version() ? b : a);
      stored.accept(i);
    }
  }

  @Override
  public synchronized void readAll(Consumer<List<Archived>> receiver) {
    receiver.accept(List.copyOf(items.values()));
  }

  @Override
  public synchronized List<byte[]> declarations() {
    List<byte[]> all = new ArrayList<>();
    entries.forEach(entry -> all.add(entry.array().clone()));
    return all;
  }

  @Override
  public synchronized void declare(List<byte[]> added) {
    added.forEach(entry -> entries.add(ByteBuffer.wrap(entry.clone())));
  }
}
