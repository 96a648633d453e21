package dev.freshet.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ShardOrderTest {

  private static final StreamShard ONE = new StreamShard("1", Set.of());
  private static final StreamShard OTHER = new StreamShard("2", Set.of());
  private static final StreamShard MERGED = new StreamShard("3", Set.of("1", "2"));
  private static final StreamShard LEFT = new StreamShard("4", Set.of("3"));
  private static final StreamShard RIGHT = new StreamShard("5", Set.of("3"));

  private final ShardOrder order = new ShardOrder();

  @Test
  void aMergedShardBeginsOnceBothItsParentsAreFinished() {
    List<StreamShard> all = List.of(ONE, OTHER, MERGED);

    assertThat(order.begin(all)).containsExactly(ONE, OTHER);
    order.finish("1");
    assertThat(order.begin(all)).isEmpty();
    order.finish("2");
    assertThat(order.begin(all)).containsExactly(MERGED);
  }

  @Test
  void aSplitThatCameAtOnceAfterAMergeWaitsForIt() {
    List<StreamShard> all = List.of(RIGHT, LEFT, MERGED, OTHER, ONE);

    assertThat(order.begin(all)).containsExactly(OTHER, ONE);
    order.finish("1");
    order.finish("2");
    assertThat(order.begin(all)).containsExactly(MERGED);
    order.finish("3");
    assertThat(order.begin(all)).containsExactly(RIGHT, LEFT);
    assertThat(order.begin(all)).isEmpty();
  }

  @Test
  void aParentThatTheStreamHasForgottenHoldsNobody() {
    assertThat(order.begin(List.of(OTHER, MERGED))).containsExactly(OTHER);
    order.finish("2");
    assertThat(order.begin(List.of(OTHER, MERGED))).containsExactly(MERGED);
    assertThat(new ShardOrder().begin(List.of(MERGED, LEFT))).containsExactly(MERGED);
  }
}
