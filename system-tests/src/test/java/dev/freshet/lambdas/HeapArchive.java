package dev.freshet.lambdas;

import dev.freshet.state.Archive;
import dev.freshet.state.Archived;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/** An archive on the heap: functions share it. */
final class HeapArchive implements Archive {

  private final Map<String, Archived> items = new HashMap<>();
  private final Set<ByteBuffer> declarations = new LinkedHashSet<>();

  @Override
  public Map<String, Archived> read(Collection<String> entities) {
    return entities.stream()
        .distinct()
        .filter(items::containsKey)
        .collect(Collectors.toMap(each -> each, items::get));
  }

  @Override
  public void write(List<Archived> written, IntConsumer stored) {
    for (int i = 0; i < written.size(); i++) {
      items.merge(
          written.get(i).entity(),
          written.get(i),
          (old, next) -> next.version() > old.version() ? next : old);
      stored.accept(i);
    }
  }

  @Override
  public void readAll(Consumer<List<Archived>> receiver) {
    receiver.accept(List.copyOf(items.values()));
  }

  @Override
  public List<byte[]> declarations() {
    return declarations.stream().map(each -> each.array().clone()).toList();
  }

  @Override
  public void declare(List<byte[]> entries) {
    entries.forEach(each -> declarations.add(ByteBuffer.wrap(each.clone())));
  }
}
