package dev.freshet.state.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.fold.Coverage;
import dev.freshet.fold.Coverage.Deployed;
import dev.freshet.fold.StateSchema;
import dev.freshet.fold.Translation;
import dev.freshet.redis.Redis;
import dev.freshet.state.Archive;
import dev.freshet.state.StateStoreException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The declarations of a group whose state may be in Redis, oldest first: what each of them keeps,
 * and since when it is at work. A function adds its own before its first step. Snapshots and
 * records name the declaration that they were written for.
 */
final class KnownDeclarations {

  private static final Logger LOG = LoggerFactory.getLogger(KnownDeclarations.class);

  /** The time between two looks for a backfill. */
  static final long PERIOD_MILLIS = Duration.ofMinutes(1).toMillis();

  private static final byte[] UNLESS_LAST = "last".getBytes(US_ASCII);
  private static final byte[] UNLESS_KNOWN = "new".getBytes(US_ASCII);
  private static final byte[] IF_NONE = "first".getBytes(US_ASCII);
  private static final byte[] NEVER = "never".getBytes(US_ASCII);

  private final FeatureGroup group;
  private final StateSchema schema;
  private final int fingerprint;
  private final DeclarationEntries entries;
  private final boolean mayDeclare;
  private final Map<Integer, Translation> translations = new HashMap<>();
  private Coverage coverage;
  private long sinceMillis;
  private long readMillis;

  /**
   * @param mayDeclare whether to add the declaration if another one is at work; else every step
   *     fails then
   */
  KnownDeclarations(
      FeatureGroup group, StateKeys keys, Redis redis, Archive archive, boolean mayDeclare) {
    this.group = group;
    this.schema = group.schema();
    this.fingerprint = schema.fingerprint();
    this.entries = new DeclarationEntries(schema, keys.declarations(), redis, archive);
    this.mayDeclare = mayDeclare;
  }

  int fingerprint() {
    return fingerprint;
  }

  /** The instant since which this declaration is at work, by the clock of Redis. */
  long sinceMillis() {
    return sinceMillis;
  }

  /** Since when the state has what this declaration needs. */
  Coverage coverage() {
    return coverage;
  }

  /**
   * Adds this declaration, if it was not done before. As long as history is missing, finds out from
   * time to time whether it has been backfilled.
   *
   * @return whether the coverage has changed since the last call
   */
  boolean declare(long nowMillis) {
    Coverage before = coverage;
    if (coverage == null) {
      read(mayDeclare ? UNLESS_LAST : IF_NONE);
      readMillis = nowMillis;
      if (!coverage.equals(Coverage.COMPLETE)) {
        LOG.info(
            "{}: its declaration is new or has changed; features are complete since the instant in"
                + " @complete_since, or after: freshet {} {} --events FILE",
            group,
            isHistoryMissing() ? "backfill --group" : "rebuild --feature-group",
            group);
      }
    } else if (isHistoryMissing() && Math.abs(nowMillis - readMillis) >= PERIOD_MILLIS) {
      readMillis = nowMillis;
      readAgain();
    }
    return before != null && !before.equals(coverage);
  }

  private boolean isHistoryMissing() {
    return coverage.seamMillis() != Coverage.ALWAYS;
  }

  private void readAgain() {
    try {
      read(UNLESS_KNOWN);
    } catch (StateStoreException e) {
      LOG.warn("{}: cannot learn whether it was backfilled: {}", group, e.getMessage());
    }
  }

  /** Reads the declarations, and adds none; returns since when the state has what is needed. */
  Coverage join() {
    read(NEVER);
    return coverage;
  }

  /** Adds this declaration again if it has vanished together with state. */
  void declareAgain() {
    read(UNLESS_KNOWN);
  }

  /**
   * Returns the translation of what was written for another declaration.
   *
   * @throws StateStoreException if that declaration is unknown
   */
  Translation translation(int other) {
    if (!translations.containsKey(other)) {
      read(UNLESS_KNOWN);
    }
    Translation found = translations.get(other);
    if (found == null) {
      throw new StateStoreException(
          "%s: state was written for a declaration, %08x, that is unknown: its function declares it again with its next batch"
              .formatted(group, other),
          null);
    }
    return found;
  }

  private void read(byte[] when) {
    List<Deployed> history = new ArrayList<>();
    long backfilled = Coverage.ALWAYS;
    int own = -1;
    for (byte[] entry : entries.declare(when)) {
      ByteBuffer in = ByteBuffer.wrap(entry).order(ByteOrder.LITTLE_ENDIAN);
      int its = in.getInt();
      long since = (long) in.getDouble();
      if (!in.hasRemaining()) {
        backfilled = Math.max(backfilled, since);
        continue;
      }
      byte[] rest = new byte[in.remaining()];
      in.get(rest);
      StateSchema old = StateSchema.read(rest);
      own = its == fingerprint ? history.size() : own;
      history.add(new Deployed(old, since));
      translations.computeIfAbsent(its, unseen -> new Translation(old, schema, group.kinds()));
    }
    requireMine(own, history);
    sinceMillis = history.get(own).sinceMillis();
    coverage =
        Coverage.of(
            schema, group.kinds(), history.subList(0, own + 1), mostAheadMillis(group), backfilled);
  }

  /** Notes that the history of the whole group was backfilled up to an instant. */
  Coverage noteBackfilled(long seamMillis) {
    entries.noteBackfilled(seamMillis);
    read(UNLESS_KNOWN);
    return coverage;
  }

  private static long mostAheadMillis(FeatureGroup group) {
    return group.eventTypes().stream()
        .mapToLong(each -> each.format().maxAhead().toMillis())
        .max()
        .orElse(0);
  }

  private void requireMine(int own, List<Deployed> history) {
    if (history.isEmpty()) {
      throw new StateStoreException(
          group + " has no state yet: deploy its function, and wait for its first event", null);
    }
    if (own < 0 || (!mayDeclare && own < history.size() - 1)) {
      throw new StateStoreException(
          ("the state of %s is of another declaration (%08x) than this one (%08x): use the declaration"
                  + " that is deployed, or wait for the first event of its function")
              .formatted(
                  group, history.get(history.size() - 1).schema().fingerprint(), fingerprint),
          null);
    }
  }
}
