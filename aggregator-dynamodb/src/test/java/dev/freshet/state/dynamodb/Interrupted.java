package dev.freshet.state.dynamodb;

import dev.freshet.state.Archive;
import dev.freshet.state.Archived;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** An archive before whose calls other functions work: once, unless the test wants it each time. */
final class Interrupted implements Archive {

  private final Archive archive;
  private Runnable beforeRead = () -> {};
  private Runnable beforeWrite = () -> {};
  private Runnable beforeEachWrite = () -> {};

  Interrupted(Archive archive) {
    this.archive = archive;
  }

  Interrupted beforeRead(Runnable others) {
    beforeRead = others;
    return this;
  }

  Interrupted beforeWrite(Runnable others) {
    beforeWrite = others;
    return this;
  }

  Interrupted beforeEachWrite(Runnable others) {
    beforeEachWrite = others;
    return this;
  }

  @Override
  public Map<String, Archived> read(Collection<String> entities) {
    Runnable others = beforeRead;
    beforeRead = () -> {};
    others.run();
    return archive.read(entities);
  }

  @Override
  public void write(List<Archived> items, IntConsumer stored) {
    Runnable others = beforeWrite;
    beforeWrite = () -> {};
    others.run();
    beforeEachWrite.run();
    archive.write(items, stored);
  }

  @Override
  public void readAll(Consumer<List<Archived>> receiver) {
    archive.readAll(receiver);
  }

  @Override
  public List<byte[]> declarations() {
    return archive.declarations();
  }

  @Override
  public void declare(List<byte[]> entries) {
    archive.declare(entries);
  }
}
