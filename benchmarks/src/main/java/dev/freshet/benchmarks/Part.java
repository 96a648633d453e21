package dev.freshet.benchmarks;

/** The parts of a run. */
enum Part {
  /** From event bytes to features in the feature store, beside one event at a time. */
  PATH,
  /** The engine at several batch sizes, and both references. */
  REFERENCES,
  /** Cost against the events that one key holds. */
  HELD,
  /** Cost against the length of last-N lists. */
  LAST,
  /** Cost against the number of keys. */
  KEYS,
  /** The engine of all feature groups. */
  GROUPS,
  /** The cost of waiting for a replica. */
  REPLICAS,
  /** Heap and pauses in a function of 512 MB. */
  MEMORY
}
