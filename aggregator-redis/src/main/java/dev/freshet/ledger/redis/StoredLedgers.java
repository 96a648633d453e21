package dev.freshet.ledger.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.ledger.LedgerEntry;
import dev.freshet.ledger.LedgerLine;
import dev.freshet.ledger.LedgerSums;
import dev.freshet.redis.Redis;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads and shortens the ledgers in a Redis. */
public final class StoredLedgers {

  private final Redis redis;

  public StoredLedgers(Redis redis) {
    this.redis = redis;
  }

  /**
   * Returns the ledgers of both stores, which may be one Redis. Reads first what arrived: what is
   * published in the meantime is then in flight, and hides nothing.
   */
  public static List<LedgerSums> readBoth(Redis featureStore, Redis stateStore) {
    List<LedgerSums> both = new ArrayList<>(new StoredLedgers(featureStore).read());
    Set<List<Object>> known =
        both.stream().map(StoredLedgers::identity).collect(Collectors.toSet());
    new StoredLedgers(stateStore)
        .read().stream().filter(each -> !known.contains(identity(each))).forEach(both::add);
    return both;
  }

  private static List<Object> identity(LedgerSums ledger) {
    return List.of(ledger.function(), ledger.sinceMillis());
  }

  /** Returns the ledgers of all functions, sorted by name. */
  public List<LedgerSums> read() {
    return functions().stream().map(this::read).toList();
  }

  private List<String> functions() {
    return redis.ask(commands -> commands.smembers(LedgerKeys.LEDGERS)).stream()
        .map(each -> new String(each, UTF_8))
        .sorted(Comparator.naturalOrder())
        .toList();
  }

  private LedgerSums read(String function) {
    Map<byte[], byte[]> fields =
        redis.ask(commands -> commands.hgetall(LedgerKeys.ledger(function)));
    LedgerEntry sums = new LedgerEntry();
    long since = 0;
    for (Map.Entry<byte[], byte[]> each : fields.entrySet()) {
      String field = new String(each.getKey(), UTF_8);
      long number = Long.parseLong(new String(each.getValue(), UTF_8));
      if (field.equals(LedgerKeys.SINCE)) {
        since = number;
      } else {
        LedgerKeys.read(field, number, sums);
      }
    }
    return new LedgerSums(function, since, sums);
  }

  /** Removes the hours of results before one. */
  public void forgetHoursBefore(long hour) {
    for (LedgerSums each : read()) {
      List<byte[]> old = new ArrayList<>();
      each.sums()
          .forEach(
              (line, counts) -> {
                if (line.isOfHour() && Long.parseLong(line.shard()) < hour) {
                  counts.accept((fate, number) -> old.add(field(line, fate.label())));
                }
              });
      if (!old.isEmpty()) {
        Long unused =
            redis.ask(
                commands ->
                    commands.hdel(LedgerKeys.ledger(each.function()), old.toArray(byte[][]::new)));
      }
    }
  }

  private static byte[] field(LedgerLine line, String fate) {
    return (LedgerKeys.prefix(line) + fate).getBytes(UTF_8);
  }

  /** Begins all ledgers anew. */
  public void reset() {
    for (String each : functions()) {
      Long unused = redis.ask(commands -> commands.del(LedgerKeys.ledger(each)));
    }
  }
}
