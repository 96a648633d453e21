package dev.freshet.ledger.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.ledger.Fate;
import dev.freshet.ledger.LedgerEntry;
import dev.freshet.ledger.LedgerLine;

/** The keys and fields of ledgers in Redis. */
final class LedgerKeys {

  /** The names of the functions that have a ledger. */
  static final byte[] LEDGERS = "ledgers".getBytes(UTF_8);

  static final String SINCE = "since";

  private LedgerKeys() {}

  static byte[] ledger(String function) {
    return ("ledger:" + function).getBytes(UTF_8);
  }

  static String prefix(LedgerLine line) {
    return line.stream() + '|' + line.shard() + '|' + line.group() + '|';
  }

  /** Adds a field to an entry; ignores one that a later version may have written. */
  static void read(String field, long number, LedgerEntry entry) {
    int stream = field.indexOf('|');
    int shard = field.indexOf('|', stream + 1);
    int fate = field.lastIndexOf('|');
    if (stream < 0 || shard < 0 || fate <= shard) {
      return;
    }
    LedgerLine line =
        new LedgerLine(
            field.substring(0, stream),
            field.substring(stream + 1, shard),
            field.substring(shard + 1, fate));
    try {
      entry.add(line, Fate.of(field.substring(fate + 1)), number);
    } catch (IllegalArgumentException e) {
      // an unknown fate
    }
  }
}
