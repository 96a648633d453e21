package dev.freshet.replay;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.replay.sort.KeyReader;
import dev.freshet.replay.table.Cell;
import dev.freshet.replay.table.RowReader;
import java.io.IOException;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The part of all rows and columns that is wanted.
 *
 * @param columns the columns of features, in order; empty for all
 * @param sinceMillis rows of this instant and later ones
 * @param untilMillis rows before this instant
 * @param share the share of a spine's rows, drawn at random; 1 for all
 * @param seed which rows are drawn
 */
public record ReplayScope(
    List<Wanted> columns, long sinceMillis, long untilMillis, double share, long seed)
    implements Serializable {

  /** All rows and columns. */
  public static final ReplayScope ALL =
      new ReplayScope(List.of(), Long.MIN_VALUE, Long.MAX_VALUE, 1, 0);

  /**
   * A column that is wanted.
   *
   * @param number what stands for an absent number; NaN for nothing
   * @param text what stands for an absent text; null for nothing
   */
  public record Wanted(String name, double number, String text) implements Serializable {

    /** Returns a column without a default. */
    public static Wanted of(String name) {
      return new Wanted(name, Double.NaN, null);
    }
  }

  public ReplayScope {
    columns = List.copyOf(columns);
  }

  /** Tells whether a step may count for a row: none does at or after the end. */
  public boolean hasStep(byte[] step) {
    return untilMillis == Long.MAX_VALUE || Step.atMillis(step) < untilMillis;
  }

  /** Tells whether a row of {@link PublishedRows} is selected. */
  public boolean hasPublished(byte[] row) {
    return hasTime(new KeyReader(row).number());
  }

  /** Tells whether all rows of a spine are selected. */
  public boolean hasAllRows() {
    return share >= 1 && !isLimitedInTime();
  }

  /**
   * Tells whether a row of a spine is selected.
   *
   * @param row its number, among all rows of the spine
   * @param rows its reader
   * @throws IOException if it has no instant, which decides
   */
  public boolean hasRow(Cell[] cells, long row, RowReader rows) throws IOException {
    if (!draws(row)) {
      return false;
    }
    int at = isLimitedInTime() ? rows.names().indexOf(Spine.AT) : -1;
    return at < 0 || hasTime(SpineQuestions.millis(at < cells.length ? cells[at] : null, rows));
  }

  private boolean hasTime(long atMillis) {
    return atMillis >= sinceMillis && atMillis < untilMillis;
  }

  private boolean isLimitedInTime() {
    return sinceMillis > Long.MIN_VALUE || untilMillis < Long.MAX_VALUE;
  }

  /** Tells whether a row is drawn; it is in every larger share of the same seed too. */
  private boolean draws(long row) {
    return share >= 1
        || new SplittableRandom(seed ^ row * 0x9E3779B97F4A7C15L).nextDouble() < share;
  }

  /**
   * Checks that a spine has the entities of all wanted columns.
   *
   * @param spine the name of the spine in messages
   * @param all all groups
   * @param chosen the groups of the entities that the spine names
   */
  public void requireEntities(String spine, List<FeatureGroup> all, List<FeatureGroup> chosen)
      throws IOException {
    for (Wanted each : columns) {
      for (FeatureGroup group : all) {
        if (!chosen.contains(group) && each.name().startsWith(group.name() + ":")) {
          throw new IOException(
              "%s has no column %s, the entity of %s: add it, or leave the feature out"
                  .formatted(spine, group.dimension().name(), each.name()));
        }
      }
    }
  }

  /**
   * Returns the groups of the dimensions of which a column is wanted. All groups of such a
   * dimension take part, as they share the expiry of an entity.
   */
  public List<FeatureGroup> groups(List<FeatureGroup> all, boolean hasAges) {
    Set<String> names = new HashSet<>();
    columns.forEach(each -> names.add(each.name()));
    Set<String> dimensions = new HashSet<>();
    for (FeatureGroup group : all) {
      if (FeatureColumns.names(List.of(group), hasAges).stream().anyMatch(names::contains)) {
        dimensions.add(group.dimension().name());
      }
    }
    return columns.isEmpty()
        ? all
        : all.stream().filter(each -> dimensions.contains(each.dimension().name())).toList();
  }
}
