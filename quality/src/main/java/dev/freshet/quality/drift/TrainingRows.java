package dev.freshet.quality.drift;

import dev.freshet.replay.table.Cell;
import dev.freshet.replay.table.RowReader;
import dev.freshet.replay.table.TableFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Baselines of the rows that a replay wrote. A row counts for the features of the dimensions that
 * it names an entity of; without a spine, for those of its feature group.
 */
public final class TrainingRows {

  private static final String FEATURE_GROUP = "feature_group";

  private final List<WatchedFeature> features;
  private final Map<WatchedFeature, Observations> observed = new LinkedHashMap<>();
  private final Map<String, Integer> columns = new HashMap<>();

  private TrainingRows(List<WatchedFeature> features, Random random) {
    this.features = features;
    features.forEach(each -> observed.put(each, new Observations(each.kind(), random)));
  }

  /**
   * Reads a table: JSON lines, CSV or Parquet.
   *
   * @param random chooses among more than {@link Observations#MOST} rows
   * @throws IOException if it cannot be read, or has none of the features; the message names it
   */
  public static Map<String, Baseline> read(
      Path file, List<WatchedFeature> features, Random random, Instant now) throws IOException {
    TrainingRows rows = new TrainingRows(features, random);
    try (RowReader table = TableFormat.require(file.toString()).read(file)) {
      for (Cell[] row = table.next(); row != null; row = table.next()) {
        rows.learn(table.names());
        rows.add(row);
      }
    }
    Map<String, Baseline> baselines =
        Drift.baselines(rows.observed, now, file.getFileName().toString());
    if (baselines.isEmpty()) {
      throw new IOException(
          "%s has no values of the features, in columns such as %s: write it with './freshet replay'"
              .formatted(file, features.get(0).name()));
    }
    return baselines;
  }

  private void learn(List<String> names) {
    for (int i = columns.size(); i < names.size(); i++) {
      columns.put(names.get(i), i);
    }
  }

  private void add(Cell[] row) {
    for (WatchedFeature each : features) {
      if (columns.containsKey(each.name()) && concerns(each, row)) {
        observed.get(each).add(text(row, each.name()));
      }
    }
  }

  private boolean concerns(WatchedFeature feature, Cell[] row) {
    if (columns.containsKey(FEATURE_GROUP)) {
      return feature.group().equals(text(row, FEATURE_GROUP));
    }
    String id = text(row, feature.dimension());
    return !columns.containsKey(feature.dimension()) || id != null && !id.isEmpty();
  }

  private String text(Cell[] row, String column) {
    Integer place = columns.get(column);
    return place == null || place >= row.length || row[place] == null ? null : row[place].text();
  }
}
