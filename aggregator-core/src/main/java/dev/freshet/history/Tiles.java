package dev.freshet.history;

import dev.freshet.events.HeldEvents;
import dev.freshet.fold.SnapshotReader;
import dev.freshet.fold.SnapshotWriter;
import dev.freshet.fold.StateKind;
import java.util.ArrayList;
import java.util.List;

/**
 * The merged events of one entity, in tiles by time. A window sees a tile whole or not at all.
 *
 * <p>What is kept of a tile is a measure for each {@link TilePart} of the features. A part that is
 * used by few windows has few measures: those of earlier tiles move into later ones as soon as no
 * window of theirs can begin in between. A tile goes when nothing in the group can tell it apart.
 */
final class Tiles {

  /** The events after the tile before, up to the time of its last one. */
  static final class Tile {
    private final Measure[] measures;
    private long lastMillis;

    private Tile(int parts, long lastMillis) {
      this.measures = new Measure[parts];
      this.lastMillis = lastMillis;
    }

    long lastMillis() {
      return lastMillis;
    }

    /** Returns what is known of a part; null for nothing. */
    Measure measure(int part) {
      return measures[part];
    }
  }

  private final HistoryFeatures features;
  private List<Tile> tiles = new ArrayList<>();
  private long seamMillis = StateKind.FOREVER;

  Tiles(HistoryFeatures features) {
    this.features = features;
  }

  /** Lets no tile reach across an instant. */
  void divideAt(long millis) {
    seamMillis = millis;
  }

  /** The tiles, oldest first. */
  List<Tile> all() {
    return tiles;
  }

  /** Adds an event that is held no more. */
  void add(HeldEvents held, int slot, long nowMillis) {
    Tile tile = tileOf(held.time(slot), nowMillis);
    List<TilePart> parts = features.parts();
    for (int i = 0; i < parts.size(); i++) {
      if (held.isSeen(parts.get(i).selection(), slot)) {
        if (tile.measures[i] == null) {
          tile.measures[i] = parts.get(i).empty();
        }
        tile.measures[i].add(held, slot);
      }
    }
  }

  /** Returns the tile of an event; nearly always the last one. */
  private Tile tileOf(long time, long nowMillis) {
    int next = tiles.size();
    while (next > 0 && tiles.get(next - 1).lastMillis >= time) {
      next--;
    }
    if (next < tiles.size()
        && !isDivided(features.spans(), time, tiles.get(next).lastMillis, nowMillis)) {
      return tiles.get(next);
    }
    if (next > 0 && !isDivided(features.spans(), tiles.get(next - 1).lastMillis, time, nowMillis)) {
      tiles.get(next - 1).lastMillis = time;
      return tiles.get(next - 1);
    }
    tiles.add(next, new Tile(features.parts().size(), time));
    return tiles.get(next);
  }

  private boolean isDivided(List<HistorySpan> spans, long earlier, long later, long nowMillis) {
    if (earlier <= seamMillis && seamMillis < later) {
      return true;
    }
    for (int i = 0; i < spans.size(); i++) {
      if (spans.get(i).divides(earlier, later, nowMillis)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSeen(List<HistorySpan> spans, long time, long nowMillis) {
    for (int i = 0; i < spans.size(); i++) {
      if (time > spans.get(i).startMillis(nowMillis)) {
        return true;
      }
    }
    return false;
  }

  /** Drops what no window can see, and merges what none can tell apart, now or later. */
  void merge(long nowMillis) {
    tiles.removeIf(tile -> !isSeen(features.spans(), tile.lastMillis, nowMillis));
    List<Tile> kept = new ArrayList<>();
    for (int i = 0; i < tiles.size(); i++) {
      Tile tile = tiles.get(i);
      Tile next = i + 1 < tiles.size() ? tiles.get(i + 1) : null;
      for (int part = 0; part < tile.measures.length; part++) {
        mergePart(part, tile, next, nowMillis);
      }
      if (next == null
          || isDivided(features.spans(), tile.lastMillis, next.lastMillis, nowMillis)) {
        kept.add(tile);
      }
    }
    tiles = kept;
  }

  private void mergePart(int part, Tile tile, Tile next, long nowMillis) {
    Measure measure = tile.measures[part];
    List<HistorySpan> spans = features.parts().get(part).spans();
    if (measure == null) {
      return;
    }
    if (!isSeen(spans, tile.lastMillis, nowMillis)) {
      tile.measures[part] = null;
    } else if (next != null && !isDivided(spans, tile.lastMillis, next.lastMillis, nowMillis)) {
      if (next.measures[part] == null) {
        next.measures[part] = measure;
      } else {
        next.measures[part].addEarlier(measure);
      }
      tile.measures[part] = null;
    }
  }

  /** Drops what makes no difference beside later tiles, as a window that sees a tile sees those. */
  private void thin() {
    for (int part = 0; part < features.parts().size(); part++) {
      if (Measure.canYield(features.parts().get(part).summary())) {
        Measure later = features.parts().get(part).empty();
        for (int i = tiles.size() - 1; i >= 0; i--) {
          Measure measure = tiles.get(i).measures[part];
          if (measure != null && !measure.yieldTo(later)) {
            tiles.get(i).measures[part] = null;
          }
        }
      }
    }
  }

  /** Replaces the tiles at or before an instant by those of others. */
  void replaceUpTo(long millis, Tiles by) {
    List<Tile> replaced = new ArrayList<>(by.tiles);
    tiles.stream().filter(each -> each.lastMillis > millis).forEach(replaced::add);
    tiles = replaced;
  }

  /** Writes the tiles whose events are at or before an instant: part by part. */
  void write(SnapshotWriter out, long untilMillis) {
    thin();
    List<Tile> written = tiles.stream().filter(each -> each.lastMillis <= untilMillis).toList();
    out.number(written.size());
    long before = 0;
    for (Tile each : written) {
      out.signed(each.lastMillis - before);
      before = each.lastMillis;
    }
    for (int part = 0; part < features.parts().size(); part++) {
      SnapshotWriter column = new SnapshotWriter(256);
      writePart(column, written, part);
      out.sized(column);
    }
  }

  /** Writes a bit for each tile, whether it has the part, and then the measures. */
  private static void writePart(SnapshotWriter out, List<Tile> tiles, int part) {
    for (int i = 0; i < tiles.size(); i += Byte.SIZE) {
      int bits = 0;
      for (int j = i; j < Math.min(i + Byte.SIZE, tiles.size()); j++) {
        bits |= tiles.get(j).measures[part] == null ? 0 : 1 << (j - i);
      }
      out.small(bits);
    }
    for (Tile each : tiles) {
      if (each.measures[part] != null) {
        each.measures[part].write(out, each.lastMillis);
      }
    }
  }

  /**
   * Reads the output of {@link #write}.
   *
   * @param partOf for each part that was written its index among those of the group; −1 for one
   *     that it does not have
   */
  void read(SnapshotReader in, int[] partOf) {
    int count = (int) in.number();
    long before = 0;
    for (int i = 0; i < count; i++) {
      before += in.signed();
      tiles.add(new Tile(features.parts().size(), before));
    }
    for (int part : partOf) {
      SnapshotReader column = in.sized();
      if (part >= 0) {
        readPart(column, part);
      }
    }
  }

  private void readPart(SnapshotReader in, int part) {
    byte[] bits = in.raw((tiles.size() + Byte.SIZE - 1) / Byte.SIZE);
    for (int i = 0; i < tiles.size(); i++) {
      if (((bits[i / Byte.SIZE] >> (i % Byte.SIZE)) & 1) != 0) {
        Measure measure = features.parts().get(part).empty();
        measure.read(in, tiles.get(i).lastMillis);
        tiles.get(i).measures[part] = measure;
      }
    }
  }

  long sizeBytes() {
    long bytes = 64;
    for (Tile tile : tiles) {
      bytes += 48 + 8L * tile.measures.length;
      for (Measure each : tile.measures) {
        bytes += each == null ? 0 : each.sizeBytes();
      }
    }
    return bytes;
  }
}
