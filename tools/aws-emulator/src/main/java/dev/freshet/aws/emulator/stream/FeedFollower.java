package dev.freshet.aws.emulator.stream;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads from the shared feed of a shard, and from the shard itself when it has fallen behind. */
final class FeedFollower implements ShardSource {

  private final ShardFeed feed;
  private final Function<Optional<String>, ShardSource> ownReader;
  private final Duration wait;
  private Optional<ShardRecord> last = Optional.empty();
  private ShardSource own;

  /**
   * Starts at the oldest record.
   *
   * @param ownReader opens the shard after a sequence number, to read without the feed
   * @param wait how long a read waits for records
   */
  FeedFollower(ShardFeed feed, Function<Optional<String>, ShardSource> ownReader, Duration wait) {
    this.feed = feed;
    this.ownReader = ownReader;
    this.wait = wait;
  }

  @Override
  public ShardRead read() throws InterruptedException {
    BigInteger position = last.map(ShardRecord::sequence).orElse(BigInteger.ZERO);
    Optional<ShardRead> shared = feed.after(position, wait);
    ShardRead read = shared.isPresent() ? leaveOwn(shared.get()) : readOwn();
    List<ShardRecord> records = read.records();
    if (!records.isEmpty()) {
      last = Optional.of(records.get(records.size() - 1));
    }
    return read;
  }

  private ShardRead leaveOwn(ShardRead shared) {
    own = null;
    return shared;
  }

  private ShardRead readOwn() throws InterruptedException {
    if (own == null) {
      own = ownReader.apply(last.map(ShardRecord::sequenceNumber));
    }
    return own.read();
  }
}
