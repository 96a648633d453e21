package dev.freshet.state.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.state.PartitionRange;
import java.util.List;

/**
 * Builds the keys of the state store: {@code state:{<group>/<partition>}:<entity>}, for each
 * partition its clock, its index of due keys and its index of entities to archive, and for the
 * group its declarations.
 *
 * <p>The braces put a partition of a group into one slot of a cluster, so that one script call can
 * use all its keys. The entity id comes last, after a fixed prefix, so no id can collide with
 * another key, whatever characters it has.
 */
public final class StateKeys {

  private final String group;
  private final List<String> tags;

  public StateKeys(String group) {
    this.group = group;
    tags =
        PartitionRange.ALL
            .partitions()
            .mapToObj(partition -> "{" + group + "/" + partition + "}")
            .toList();
  }

  /** Returns the partition of an entity. */
  public int partition(String entity) {
    return PartitionRange.partition(entity);
  }

  /** Returns the key of an entity's list. */
  byte[] list(int partition, String entity) {
    return ("state:" + tags.get(partition) + ":" + entity).getBytes(UTF_8);
  }

  /** Returns the key of the group's declarations. */
  byte[] declarations() {
    return ("declarations:{" + group + "}").getBytes(UTF_8);
  }

  /** Returns the key of a partition's clock. */
  public byte[] clock(int partition) {
    return ("clock:" + tags.get(partition)).getBytes(UTF_8);
  }

  /** Returns the key of a partition's index of due keys. */
  byte[] index(int partition) {
    return ("due:" + tags.get(partition)).getBytes(UTF_8);
  }

  /** Returns the key of a partition's index of entities to archive. */
  byte[] archiveIndex(int partition) {
    return ("archive:" + tags.get(partition)).getBytes(UTF_8);
  }

  /** Returns the keys of the indexes of entities to archive, of the partitions in a range. */
  List<byte[]> archiveIndexes(PartitionRange range) {
    return range.partitions().mapToObj(this::archiveIndex).toList();
  }

  /** Returns the keys of the indexes of due keys, of the partitions in a range. */
  List<byte[]> indexes(PartitionRange range) {
    return range.partitions().mapToObj(this::index).toList();
  }
}
