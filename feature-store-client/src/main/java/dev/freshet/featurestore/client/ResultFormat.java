package dev.freshet.featurestore.client;

import dev.freshet.redis.Script;
import dev.freshet.redis.ScriptArguments;
import dev.freshet.result.FeatureResult;
import java.time.Duration;
import java.util.List;

/** How results are stored: in Freshet's own format, or in Feast's. */
interface ResultFormat {

  /**
   * The script that stores results. Returns a byte for each: 1 if it was stored, 0 if it was stale.
   */
  Script script();

  /** Returns the key of the entity of a result. */
  byte[] key(FeatureResult result);

  /**
   * Returns the arguments of the calls that store results; for one thread at a time.
   *
   * @param timeToLive renewed when a part of it, an hour at most, has passed
   * @param most the largest number of results in a call
   */
  List<ScriptArguments> calls(List<FeatureResult> results, Duration timeToLive, int most);
}
