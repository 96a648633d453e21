package dev.freshet.state;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** An archive that is empty and stores nothing. */
final class NoArchive implements Archive {

  @Override
  public Map<String, Archived> read(Collection<String> entities) {
    return Map.of();
  }

  @Override
  public void write(List<Archived> items, IntConsumer stored) {}

  @Override
  public void readAll(Consumer<List<Archived>> receiver) {}

  @Override
  public List<byte[]> declarations() {
    return List.of();
  }

  @Override
  public void declare(List<byte[]> entries) {}
}
