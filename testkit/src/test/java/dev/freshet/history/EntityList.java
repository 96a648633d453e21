package dev.freshet.history;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.fold.Coverage;
import dev.freshet.fold.SnapshotReader;
import dev.freshet.fold.SnapshotWriter;
import dev.freshet.state.EntityState;
import dev.freshet.state.KeyState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The list of an entity, a snapshot and then records, and the states that functions fold of it. */
final class EntityList {

  private final FeatureGroup group;
  private final Supplier<Coverage> coverage;
  private final Replica[] replicas;
  private final List<Consumer<EntityState>> records = new ArrayList<>();
  private byte[] snapshot = {};
  private int snapshots;
  private long instant;

  /** The state that a function has cached. */
  private static final class Replica {
    private EntityState state;
    private Coverage coverage;
    private int snapshots;
    private int folded;
  }

  EntityList(FeatureGroup group, Supplier<Coverage> coverage, int functions) {
    this.group = group;
    this.coverage = coverage;
    this.replicas = new Replica[functions];
    for (int i = 0; i < functions; i++) {
      replicas[i] = new Replica();
    }
  }

  void append(Consumer<EntityState> record) {
    records.add(record);
  }

  /**
   * Lets a function read what it does not know of the list; returns what it would publish. Its
   * instant is no earlier than that of any step before.
   */
  KeyState step(int function, long clockMillis) {
    instant = Math.max(instant, clockMillis);
    long nowMillis = instant;
    Replica replica = replicas[function];
    if (replica.state == null || replica.snapshots != snapshots) {
      replica.coverage = coverage.get();
      replica.state = read(replica.coverage, nowMillis);
      replica.snapshots = snapshots;
      replica.folded = 0;
    } else {
      replica.state.advanceTo(nowMillis);
    }
    records.subList(replica.folded, records.size()).forEach(each -> each.accept(replica.state));
    replica.folded = records.size();
    return replica.state.toKeyState(1, KeyState.Tally.NONE, KeyState.Place.NONE);
  }

  private EntityState read(Coverage known, long nowMillis) {
    return snapshot.length == 0
        ? EntityState.empty(group, known, nowMillis)
        : EntityState.read(group, known, new SnapshotReader(snapshot), nowMillis);
  }

  /** Returns what a function that has made a step knows of the declarations of the group. */
  Coverage coverage(int function) {
    return replicas[function].coverage;
  }

  /** Replaces the list by a snapshot of a function that has just made a step. */
  void compact(int function) {
    SnapshotWriter out = new SnapshotWriter(64);
    replicas[function].state.write(out);
    snapshot = out.toBytes();
    records.clear();
    replicas[function].folded = 0;
    replicas[function].snapshots = ++snapshots;
  }

  /** Lets a function lose its cache. */
  void restart(int function) {
    replicas[function].state = null;
  }
}
