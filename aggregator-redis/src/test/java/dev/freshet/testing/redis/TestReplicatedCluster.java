package dev.freshet.testing.redis;

import dev.freshet.redis.Redis;
import io.lettuce.core.MigrateArgs;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.SlotHash;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A real cluster of three masters, each with a replica that takes over from it; close it. */
public final class TestReplicatedCluster implements AutoCloseable {

  private static final int MASTERS = 3;
  private static final int MIGRATE_MILLIS = 5_000;
  private static final int KEYS_AT_ONCE = 100;

  private final List<ClusterNode> masters = new ArrayList<>();
  private final Map<ClusterNode, ClusterNode> replicas = new HashMap<>();

  /**
   * Starts a cluster.
   *
   * @param nodeTimeout the silence after which a replica takes over; a busy machine may cause some
   */
  public TestReplicatedCluster(Duration nodeTimeout) throws IOException {
    for (int i = 0; i < MASTERS; i++) {
      masters.add(ClusterNode.start(nodeTimeout));
      int[] slots = slots(i);
      masters.get(i).tell(redis -> redis.clusterAddSlots(slots));
    }
    for (ClusterNode master : masters) {
      replicas.put(master, ClusterNode.start(nodeTimeout));
    }
    ClusterNode first = masters.get(0);
    nodes().skip(1).forEach(node -> first.tell(r -> r.clusterMeet("127.0.0.1", node.port())));
    replicas.forEach(TestReplicatedCluster::replicate);
    nodes().forEach(ClusterNode::awaitAgreement);
    masters.forEach(
        master -> master.await(r -> r.info("replication"), seen -> seen.contains("state=online")));
  }

  private static void replicate(ClusterNode master, ClusterNode replica) {
    replica.await(RedisCommands::clusterNodes, nodes -> nodes.contains(master.id()));
    replica.tell(redis -> redis.clusterReplicate(master.id()));
  }

  /** The nodes, separated by commas. */
  public String url() {
    return nodes().map(ClusterNode::url).collect(Collectors.joining(","));
  }

  /** Opens a separate connection; close it. */
  public Redis connect(Duration timeout) {
    return Redis.at(url(), timeout);
  }

  /**
   * Ends a master with SIGKILL.
   *
   * @param number counts from 0
   */
  public void killMaster(int number) {
    masters.get(number).kill();
  }

  /** Waits until the replica of a killed master serves its slots, and all know. */
  public void awaitTakeOver(int number) {
    ClusterNode replica = replicas.get(masters.get(number));
    replica.await(r -> r.info("replication"), seen -> seen.contains("role:master"));
    nodes().filter(ClusterNode::isAlive).forEach(ClusterNode::awaitAgreement);
  }

  /** Suspends the replica of a master until {@link #resumeReplica}. */
  public void suspendReplica(int number) {
    replicas.get(masters.get(number)).suspend();
  }

  public void resumeReplica(int number) {
    replicas.get(masters.get(number)).resume();
  }

  /** Whether a master serves a key. */
  public boolean serves(int number, byte[] key) {
    return serves(number, SlotHash.getSlot(key));
  }

  /** Flushes the data and the scripts of a master and its replica. */
  public void flushMaster(int number) {
    masters.get(number).tell(RedisCommands::flushall);
    masters.get(number).tell(RedisCommands::scriptFlush);
  }

  /** Suspends a master for a while. */
  public void pauseMaster(int number, Duration pause) {
    masters.get(number).tell(redis -> redis.clientPause(pause.toMillis()));
  }

  /** Moves the slot of a key, with all that is in it, from its master to the next, online. */
  public void moveSlotOf(byte[] key) {
    int slot = SlotHash.getSlot(key);
    int number = IntStream.range(0, MASTERS).filter(i -> serves(i, slot)).findFirst().orElseThrow();
    ClusterNode source = masters.get(number);
    ClusterNode target = masters.get((number + 1) % MASTERS);
    target.tell(redis -> redis.clusterSetSlotImporting(slot, source.id()));
    source.tell(redis -> redis.clusterSetSlotMigrating(slot, target.id()));
    source.tell(redis -> migrate(redis, slot, target));
    target.tell(redis -> redis.clusterSetSlotNode(slot, target.id()));
    source.tell(redis -> redis.clusterSetSlotNode(slot, target.id()));
  }

  /** Does not move scripts: they must be loaded into the target. */
  private static void migrate(RedisCommands<String, String> redis, int slot, ClusterNode target) {
    for (List<String> keys = redis.clusterGetKeysInSlot(slot, KEYS_AT_ONCE);
        !keys.isEmpty();
        keys = redis.clusterGetKeysInSlot(slot, KEYS_AT_ONCE)) {
      redis.migrate("127.0.0.1", target.port(), 0, MIGRATE_MILLIS, MigrateArgs.Builder.keys(keys));
    }
  }

  private boolean serves(int number, int slot) {
    return masters
        .get(number)
        .ask(RedisCommands::clusterNodes)
        .lines()
        .filter(line -> line.contains("myself,master"))
        .flatMap(line -> Stream.of(line.split(" ")).skip(8))
        .filter(range -> !range.startsWith("["))
        .map(range -> range.split("-"))
        .anyMatch(
            ends ->
                Integer.parseInt(ends[0]) <= slot
                    && slot <= Integer.parseInt(ends[ends.length - 1]));
  }

  private Stream<ClusterNode> nodes() {
    return Stream.concat(masters.stream(), masters.stream().map(replicas::get));
  }

  private static int[] slots(int number) {
    int from = SlotHash.SLOT_COUNT * number / MASTERS;
    int to = SlotHash.SLOT_COUNT * (number + 1) / MASTERS;
    return IntStream.range(from, to).toArray();
  }

  @Override
  public void close() {
    nodes().forEach(ClusterNode::stop);
  }
}
