package dev.freshet.aws.emulator.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.shard.ManualTime;
import dev.freshet.shard.Records;
import dev.freshet.shard.ShardRead;
import dev.freshet.shard.ShardSource;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ShardFeedTest {

  private static final Duration NO_WAIT = Duration.ZERO;
  private static final Instant TIP = ManualTime.START;

  private final MemoryShard shard = new MemoryShard();
  private final List<Optional<String>> ownReaders = new ArrayList<>();

  @Test
  void everyFollowerGetsEveryRecordOfTheOneRead() throws Exception {
    ShardFeed feed = feed(1_000_000);
    ShardSource one = follower(feed);
    ShardSource other = follower(feed);
    feed.append(ShardRead.of(Records.upTo(3)));

    assertThat(numbers(one.read())).containsExactly(1, 2, 3);
    assertThat(numbers(one.read())).isEmpty();
    assertThat(numbers(other.read())).containsExactly(1, 2, 3);
    assertThat(ownReaders).isEmpty();
  }

  @Test
  void aFollowerIsCaughtUpOnlyWithNothingLeftToRead() throws Exception {
    ShardFeed feed = feed(1_000_000);
    ShardSource follower = follower(feed);
    feed.append(ShardRead.of(Records.upTo(3)));
    feed.append(ShardRead.atTip(TIP));

    assertThat(follower.read().caughtUpAt()).isEmpty();
    assertThat(follower.read().caughtUpAt()).contains(TIP);
  }

  @Test
  void aFollowerIsNotCaughtUpWithWhatTheFeedHasNotReadYet() throws Exception {
    ShardFeed feed = feed(1_000_000);
    ShardSource follower = follower(feed);
    feed.append(ShardRead.atTip(TIP));
    feed.append(ShardRead.of(Records.upTo(3)));

    follower.read();

    assertThat(follower.read().caughtUpAt()).isEmpty();
  }

  @Test
  void theFeedReadsAtThePaceOfItsFastestFollower() throws Exception {
    ShardFeed feed = feed(1);
    ShardSource fast = follower(feed);
    feed.append(ShardRead.of(Records.upTo(3)));
    assertThat(feed.hasRoom()).isFalse();

    fast.read();
    assertThat(feed.hasRoom()).isFalse();

    fast.read();
    assertThat(feed.hasRoom()).isTrue();
  }

  @Test
  void aFollowerThatFellBehindReadsTheShardItselfAndComesBack() throws Exception {
    shard.put(Records.upTo(6));
    ShardFeed feed = feed(1);
    ShardSource fast = follower(feed);
    ShardSource slow = follower(feed);
    feed.append(ShardRead.of(Records.upTo(6).subList(0, 2)));
    assertThat(numbers(slow.read())).containsExactly(1, 2);
    fast.read();
    fast.read();
    feed.append(ShardRead.of(Records.upTo(6).subList(2, 5)));
    fast.read();
    fast.read();
    feed.append(ShardRead.of(Records.upTo(6).subList(5, 6)));

    assertThat(numbers(slow.read())).containsExactly(3, 4);
    assertThat(numbers(slow.read())).containsExactly(5, 6);
    assertThat(ownReaders).containsExactly(Optional.of(Records.sequenceNumber(2)));
    assertThat(numbers(slow.read())).isEmpty();
  }

  @Test
  void aFollowerThatBeginsLateBeginsAtTheOldestRecord() throws Exception {
    shard.put(Records.upTo(4));
    ShardFeed feed = feed(1);
    ShardSource fast = follower(feed);
    feed.append(ShardRead.of(Records.upTo(3)));
    fast.read();
    fast.read();

    ShardSource late = follower(feed);

    assertThat(numbers(late.read())).containsExactly(1, 2);
    assertThat(ownReaders).containsExactly(Optional.empty());
  }

  @Test
  void followersOfAnySpeedReadEachRecordOnceInOrder() throws Exception {
    shard.put(Records.upTo(300));
    for (int seed = 0; seed < 100; seed++) {
      readAtRandom(seed);
    }
  }

  private void readAtRandom(int seed) throws InterruptedException {
    Random random = new Random(seed);
    ShardSource reader = shard.reader(7, TIP);
    ShardFeed feed = feed(random.nextInt(4000));
    List<ShardSource> followers = List.of(follower(feed), follower(feed), follower(feed));
    List<List<Integer>> seen = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());

    for (int step = 0; seen.stream().anyMatch(s -> s.size() < 300); step++) {
      assertThat(step).as("seed %d gets no further", seed).isLessThan(20_000);
      if (feed.hasRoom()) {
        feed.append(reader.read());
      }
      int who = Math.min(random.nextInt(6), 2);
      seen.get(who).addAll(numbers(followers.get(who).read()));
    }

    List<Integer> all = numbers(ShardRead.of(Records.upTo(300)));
    seen.forEach(s -> assertThat(s).as("seed %d", seed).isEqualTo(all));
  }

  @Test
  void tellsFollowersThatTheShardEnded() throws Exception {
    ShardFeed feed = feed(1_000_000);
    feed.append(ShardRead.of(Records.upTo(1)));
    feed.append(ShardRead.atEnd());

    assertThat(feed.after(BigInteger.ZERO, NO_WAIT).orElseThrow().ended()).isFalse();
    assertThat(feed.after(Records.record(1).sequence(), NO_WAIT).orElseThrow().ended()).isTrue();
  }

  @Test
  void holdsNothingOfAnEndedShardThatTheFastestFollowerHas() throws Exception {
    shard.put(Records.upTo(3));
    ShardFeed feed = feed(1_000_000);
    ShardSource fast = follower(feed);
    feed.append(ShardRead.of(Records.upTo(3)));
    feed.append(ShardRead.atEnd());
    fast.read();

    assertThat(fast.read().ended()).isTrue();
    assertThat(numbers(follower(feed).read())).containsExactly(1, 2);
    assertThat(ownReaders).hasSize(1);
  }

  @Test
  void tellsFollowersThatTheShardCanNoLongerBeRead() {
    ShardSource broken =
        () -> {
          throw new IllegalStateException("gone");
        };
    ShardFeed feed = new ShardFeed(broken, 1, new StopSignal());

    feed.run();

    assertThatThrownBy(() -> follower(feed).read()).hasRootCauseMessage("gone");
  }

  private ShardFeed feed(long capacityBytes) {
    return new ShardFeed(shard.reader(10, TIP), capacityBytes, new StopSignal());
  }

  private ShardSource follower(ShardFeed feed) {
    return feed.follower(
        after -> {
          ownReaders.add(after);
          return shard.readerAfter(after, 2, TIP);
        },
        NO_WAIT);
  }

  private static List<Integer> numbers(ShardRead read) {
    return read.records().stream().map(r -> Records.numberOf(r.sequenceNumber())).toList();
  }
}
