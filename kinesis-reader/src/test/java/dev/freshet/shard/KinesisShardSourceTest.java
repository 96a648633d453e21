package dev.freshet.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;

final class KinesisShardSourceTest {

  private static final Duration POLL = Duration.ofMillis(100);

  private final ManualTime time = new ManualTime();
  private final ScriptedKinesis kinesis = new ScriptedKinesis();

  @Test
  void beginsAtTheOldestRecordAndFollowsTheNextIterator() throws Exception {
    kinesis.giving("i2", 5, 1, 2).giving("i3", 0, 3);
    KinesisShardSource source = source();

    assertThat(source.read().records()).hasSize(2);
    ShardRecord third = source.read().records().get(0);

    assertThat(kinesis.iteratorsAsked).containsExactly("TRIM_HORIZON");
    assertThat(kinesis.iteratorsRead).containsExactly("new1", "i2");
    assertThat(third.sequenceNumber()).isEqualTo(Records.sequenceNumber(3));
    assertThat(third.partitionKey()).isEqualTo("item-3");
    assertThat(third.data()).asString().isEqualTo("{\"n\":3}");
    assertThat(third.approximateArrival()).isEqualTo(ManualTime.START);
  }

  @Test
  void pollsAtOnceAfterRecordsAndAfterAPauseOtherwise() throws Exception {
    kinesis.giving("i2", 0, 1).giving("i3", 0).giving("i4", 0, 2);
    KinesisShardSource source = source();

    source.read();
    source.read();
    assertThat(time.sleeps).isEmpty();

    source.read();
    assertThat(time.sleeps).containsExactly(POLL);
  }

  @Test
  void isCaughtUpToTheBeginningOfAReadThatGaveNothing() throws Exception {
    kinesis.giving("i2", 0, 1).giving("i3", 0);
    KinesisShardSource source = source();

    assertThat(source.read().caughtUpAt()).isEmpty();
    assertThat(source.read().caughtUpAt()).contains(ManualTime.START);
  }

  @Test
  void anEmptyReadAtTheTipIsRepeatedFromTheSamePlace() throws Exception {
    kinesis.giving("i2", 0).giving("i3", 0, 1);
    KinesisShardSource source = source();

    source.read();
    source.read();

    assertThat(kinesis.iteratorsRead).containsExactly("new1", "new1");
  }

  @Test
  void anEmptyReadBeforeTheTipMovesOnAndIsNoTip() throws Exception {
    kinesis.giving("i2", 60_000).giving("i3", 0, 1);
    KinesisShardSource source = source();

    assertThat(source.read().caughtUpAt()).isEmpty();
    source.read();

    assertThat(kinesis.iteratorsRead).containsExactly("new1", "i2");
  }

  @Test
  void anExpiredIteratorIsReplacedByOneAfterTheLastRecord() throws Exception {
    kinesis
        .giving("i2", 0, 1)
        .answering(
            () -> {
              throw ExpiredIteratorException.builder().message("expired").build();
            })
        .giving("i3", 0, 2);
    KinesisShardSource source = source();

    source.read();
    assertThat(source.read().records()).isEmpty();
    assertThat(source.read().records()).hasSize(1);

    assertThat(kinesis.iteratorsAsked)
        .containsExactly("TRIM_HORIZON", "AFTER_SEQUENCE_NUMBER " + Records.sequenceNumber(1));
    assertThat(kinesis.iteratorsRead).containsExactly("new1", "i2", "new2");
  }

  @Test
  void faultsAreWaitedOutLongerAndLongerAndLoseNothing() throws Exception {
    for (int i = 0; i < 3; i++) {
      kinesis.answering(
          () -> {
            throw ProvisionedThroughputExceededException.builder().message("slow down").build();
          });
    }
    kinesis.giving("i2", 0, 1);
    kinesis.answering(
        () -> {
          throw SdkClientException.create("connection refused");
        });
    KinesisShardSource source = source();

    for (int i = 0; i < 3; i++) {
      ShardRead read = source.read();
      assertThat(read.caughtUpAt()).isEmpty();
      assertThat(read.records()).isEmpty();
    }
    assertThat(source.read().records()).hasSize(1);
    source.read();

    assertThat(time.sleeps).extracting(Duration::toMillis).containsExactly(100L, 200L, 400L, 100L);
  }

  @Test
  void endsWhenThereIsNoNextIterator() throws Exception {
    kinesis.giving("i2", 0, 1).giving(null, 0);
    KinesisShardSource source = source();

    assertThat(source.read().ended()).isFalse();
    assertThat(source.read().ended()).isTrue();
    assertThat(source.read().ended()).isTrue();
  }

  @Test
  void theLastRecordsOfAShardComeBeforeItsEnd() throws Exception {
    kinesis.giving(null, 0, 1);
    KinesisShardSource source = source();

    assertThat(source.read().records()).hasSize(1);
    assertThat(source.read()).isEqualTo(ShardRead.atEnd());
  }

  @Test
  void faultsThatAreNotRetriedAreThrown() {
    kinesis.answering(
        () -> {
          throw SdkClientException.create("connection refused");
        });
    KinesisShardSource source = source(fault -> false);

    assertThatThrownBy(source::read).hasMessageContaining("connection refused");
    assertThat(time.sleeps).isEmpty();
  }

  private KinesisShardSource source() {
    return source(fault -> true);
  }

  private KinesisShardSource source(Predicate<SdkException> retried) {
    return new KinesisShardSource(
        kinesis,
        "item-created",
        Records.SHARD,
        KinesisShardSource::oldest,
        retried,
        POLL,
        time,
        time);
  }
}
