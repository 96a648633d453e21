package dev.freshet.state.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.metrics.Metric;
import dev.freshet.metrics.Metrics;
import dev.freshet.state.StateStoreException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The generation of a group's state in each partition, as last seen by this function. Declarations
 * with equal fingerprints share a generation. For another declaration, {@code step.lua} begins the
 * next generation; it tells functions that use an older one.
 */
final class Generations {

  private static final Logger LOG = LoggerFactory.getLogger(Generations.class);

  private static final int AS_KNOWN = 0;
  private static final int BEGUN = 2;
  private static final int OF_ANOTHER = 3;

  private final String group;
  private final String fingerprint;
  private final boolean mayBegin;
  private final Metrics metrics;
  private final String[] known = new String[StateKeys.PARTITIONS];

  /**
   * @param mayBegin whether to begin a new generation if the state is of another declaration; else
   *     every step fails
   */
  Generations(FeatureGroup group, boolean mayBegin, Metrics metrics) {
    this.group = group.name();
    this.fingerprint = group.fingerprint();
    this.mayBegin = mayBegin;
    this.metrics = metrics;
    Arrays.fill(known, fingerprint + "-0");
  }

  /** The fingerprint of this function's declaration. */
  String fingerprint() {
    return fingerprint;
  }

  boolean mayBegin() {
    return mayBegin;
  }

  String of(int partition) {
    return known[partition];
  }

  /**
   * Reads whether a partition's generation differs from the one in the call. If so, the call did
   * nothing and must be repeated with the new generation.
   *
   * @param answer positioned at the part about the generation; advanced to its end
   * @throws StateStoreException if the state is of another declaration, and this function may not
   *     begin a generation
   */
  boolean isMoved(int partition, ByteBuffer answer) {
    int state = answer.get();
    if (state == AS_KNOWN) {
      return false;
    }
    byte[] name = new byte[answer.getInt()];
    answer.get(name);
    if (state == OF_ANOTHER) {
      throw new StateStoreException(
          ("the state of %s is of another declaration (%s) than this one (%s): use the declaration"
                  + " that is deployed, or wait for the first event of its function")
              .formatted(group, new String(name, US_ASCII), fingerprint),
          null);
    }
    known[partition] = new String(name, US_ASCII);
    if (state == BEGUN) {
      metrics.count(Metric.STATE_STARTED_ANEW, 1);
      LOG.warn(
          "{}: its declaration has changed, so the state of partition {} starts anew ({}); its features are"
              + " incomplete until you run: freshet rebuild --feature-group {}",
          group,
          partition,
          known[partition],
          group);
    }
    return true;
  }
}
