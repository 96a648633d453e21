package dev.freshet.replay;

import dev.freshet.fold.FeatureValues;
import dev.freshet.replay.FeatureColumns.OfDimension;
import dev.freshet.replay.sort.KeyWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Replays sorted steps, one entity after another. Writes a row for each event that publishes
 * features, or for each question.
 *
 * <p>A feature that changes without an event renews the expiry of the entity. Finding such changes
 * costs more than all else, and they matter only if nothing happens to the entity for long. So it
 * looks ahead, and passes over them where the next event comes before anything can expire.
 */
public final class EntityWalk {

  /** How many steps it looks ahead: as many as the cache of a processor holds. */
  private static final int MOST_AHEAD = 1_024;

  private final FeatureColumns columns;
  private final Duration timeToLive;
  private final boolean writesPublished;
  private final ReplayReport report;
  private final Step.Reader reader;
  private final KeyWriter out = new KeyWriter();
  private final List<Step> ahead = new ArrayList<>();
  private final List<Step> together = new ArrayList<>();

  private OfDimension dimension;
  private boolean[] wanted;
  private EntityReplay replay;

  /** The time of the last event of each group of the entity. */
  private long[] lastMillis;

  private FeatureValues answer;
  private long answerMillis;

  /**
   * @param writesPublished whether to write the features that events publish
   * @param report counts duplicates
   */
  public EntityWalk(
      FeatureColumns columns, Duration timeToLive, boolean writesPublished, ReplayReport report) {
    this.columns = columns;
    this.timeToLive = timeToLive;
    this.writesPublished = writesPublished;
    this.report = report;
    this.reader = new Step.Reader(columns);
  }

  /** Returns the partition of a step; all steps of an entity are in one. */
  public static int partition(byte[] step, int partitions) {
    return Step.partition(step, partitions);
  }

  /**
   * Takes the next step.
   *
   * @param rows takes the rows of steps before: see {@link PublishedRows} and {@link Answers}
   */
  public void take(byte[] written, BytesSink rows) throws IOException {
    if (!ahead.isEmpty() && !reader.isOfSameEntity(written)) {
      var unused = end(rows);
    }
    together.clear();
    reader.read(written, together);
    boolean repeats = !ahead.isEmpty() && isSameEvent(ahead.get(ahead.size() - 1), together.get(0));
    if (ahead.size() >= MOST_AHEAD && !repeats) {
      replayAhead(false, rows);
    }
    ahead.addAll(together);
    if (repeats) {
      sortLastEvent();
    }
  }

  private static boolean isSameEvent(Step last, Step next) {
    return last instanceof Step.Happened a
        && next instanceof Step.Happened b
        && a.atMillis() == b.atMillis()
        && a.event().eventId().equals(b.event().eventId());
  }

  /** Sorts the steps of an event that comes more than once: for each group, the least counts. */
  private void sortLastEvent() {
    Step last = ahead.get(ahead.size() - 1);
    int first = ahead.size() - 1;
    while (first > 0 && isSameEvent(ahead.get(first - 1), last)) {
      first--;
    }
    ahead
        .subList(first, ahead.size())
        .sort((a, b) -> Arrays.compareUnsigned(Step.write(out, a), Step.write(out, b)));
  }

  /**
   * Replays the last steps; call it after the last one.
   *
   * @return whether there were any
   */
  public boolean end(BytesSink rows) throws IOException {
    boolean isAny = !ahead.isEmpty();
    if (isAny) {
      replayAhead(true, rows);
    }
    replay = null;
    return isAny;
  }

  private void replayAhead(boolean isLast, BytesSink rows) throws IOException {
    if (replay == null) {
      dimension = columns.dimensions().get(ahead.get(0).dimension());
      wanted = dimension.wanted();
      replay = new EntityReplay(dimension.groups(), timeToLive);
      lastMillis = new long[dimension.groups().size()];
      Arrays.fill(lastMillis, GroupReplay.NEVER);
      answer = null;
    }
    int[] safeUntil = safeUntil(isLast);
    for (int i = 0; i < ahead.size(); i++) {
      if (ahead.get(i) instanceof Step.Asked asked) {
        answer(asked, i, safeUntil, rows);
      } else {
        apply((Step.Happened) ahead.get(i), rows);
      }
    }
    ahead.clear();
  }

  /** Returns for each group the index of the step before which nothing of it can expire. */
  private int[] safeUntil(boolean isLast) {
    long toLive = timeToLive.toMillis();
    int[] safeUntil = new int[lastMillis.length];
    boolean[] hasGap = new boolean[lastMillis.length];
    for (int i = 0; i < ahead.size(); i++) {
      if (ahead.get(i) instanceof Step.Happened event) {
        long last = lastMillis[event.group()];
        hasGap[event.group()] |= last != GroupReplay.NEVER && event.atMillis() - last > toLive;
        lastMillis[event.group()] = event.atMillis();
        safeUntil[event.group()] = i;
      }
    }
    long endMillis = ahead.get(ahead.size() - 1).atMillis();
    for (int group = 0; group < safeUntil.length; group++) {
      if (hasGap[group] || lastMillis[group] == GroupReplay.NEVER) {
        safeUntil[group] = 0;
      } else if (isLast && endMillis - lastMillis[group] <= toLive) {
        safeUntil[group] = ahead.size();
      }
    }
    return safeUntil;
  }

  private void answer(Step.Asked asked, int index, int[] safeUntil, BytesSink rows)
      throws IOException {
    if (answer == null || answerMillis != asked.atMillis()) {
      for (int group = 0; group < safeUntil.length; group++) {
        if (index < safeUntil[group]) {
          replay.advance(group, asked.atMillis());
        }
      }
      answer = replay.featuresAt(asked.atMillis(), wanted);
      answerMillis = asked.atMillis();
    }
    rows.add(Answers.write(out, asked, dimension, answer));
  }

  private void apply(Step.Happened step, BytesSink rows) throws IOException {
    answer = null;
    long before = replay.dropped(step.group());
    if (!replay.apply(step.group(), step.event())) {
      report.duplicate();
    } else if (writesPublished && wanted[step.group()]) {
      rows.add(PublishedRows.write(out, step, dimension, replay.features(step.group())));
    }
    report.dropped(replay.dropped(step.group()) - before);
  }
}
