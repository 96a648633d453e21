package dev.freshet.aws.emulator.stream;

import dev.freshet.shard.ShardRead;
import dev.freshet.shard.ShardRecord;
import dev.freshet.shard.ShardSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A shard in memory, read in steps of a given size. */
public final class MemoryShard {

  private final List<ShardRecord> records = new ArrayList<>();

  public synchronized void put(List<ShardRecord> more) {
    records.addAll(more);
  }

  public synchronized void put(ShardRecord more) {
    records.add(more);
  }

  /** A reader whose reads begin at {@code now} and give at most {@code readSize} records. */
  public ShardSource reader(int readSize, Instant now) {
    return readerAfter(Optional.empty(), readSize, now);
  }

  public synchronized ShardSource readerAfter(
      Optional<String> sequenceNumber, int readSize, Instant now) {
    int from =
        sequenceNumber
            .map(s -> records.stream().map(ShardRecord::sequenceNumber).toList().indexOf(s) + 1)
            .orElse(0);
    return new Reader(from, readSize, now);
  }

  private synchronized List<ShardRecord> slice(int from, int most) {
    return List.copyOf(records.subList(from, Math.min(records.size(), from + most)));
  }

  private final class Reader implements ShardSource {

    private int position;
    private final int readSize;
    private final Instant now;

    private Reader(int position, int readSize, Instant now) {
      this.position = position;
      this.readSize = readSize;
      this.now = now;
    }

    @Override
    public ShardRead read() {
      List<ShardRecord> next = slice(position, readSize);
      position += next.size();
      return next.isEmpty() ? ShardRead.atTip(now) : ShardRead.of(next);
    }
  }
}
