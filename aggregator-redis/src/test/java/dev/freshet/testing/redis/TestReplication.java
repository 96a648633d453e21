package dev.freshet.testing.redis;

import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;

/** A real master and its replica, connected through a gateway; close it. */
public final class TestReplication implements AutoCloseable {

  private final ClusterNode master;
  private final ForgetfulGateway gateway;
  private final ClusterNode replica;

  public TestReplication(String... settingsOfMaster) throws IOException {
    master = ClusterNode.alone(settingsOfMaster);
    master.tell(redis -> redis.configSet("repl-diskless-sync-delay", "0"));
    gateway = new ForgetfulGateway(master.port());
    replica = ClusterNode.alone();
    follow(gateway.port());
  }

  /** Connects the replica to its master without the gateway from now on. */
  public void followDirectly() {
    follow(master.port());
  }

  private void follow(int port) {
    replica.tell(redis -> redis.replicaof("127.0.0.1", port));
    replica.await(
        redis -> redis.info("replication"),
        seen -> seen.contains("master_port:" + port) && seen.contains("master_link_status:up"));
    master.await(redis -> redis.info("replication"), seen -> seen.contains("state=online"));
  }

  public String masterUrl() {
    return master.url();
  }

  public String replicaUrl() {
    return replica.url();
  }

  /** Stops all traffic between master and replica. */
  public void cut() {
    gateway.forget();
  }

  /** Kills the master with SIGKILL, and lets the replica take over. */
  public void failOver() {
    master.kill();
    replica.tell(RedisCommands::replicaofNoOne);
  }

  @Override
  public void close() throws IOException {
    replica.stop();
    gateway.close();
    master.stop();
  }
}
