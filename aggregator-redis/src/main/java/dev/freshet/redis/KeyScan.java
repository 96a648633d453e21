package dev.freshet.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Finds keys by a pattern, on all masters of a cluster. */
public final class KeyScan {

  /** About how many keys are looked at at once. */
  public static final int PAGE = 500;

  private KeyScan() {}

  /** Passes on the keys that match, in pages; a key may come more than once. */
  public static void pages(Redis redis, String pattern, Consumer<List<byte[]>> receiver) {
    boolean unused =
        pagesWhile(
            redis,
            pattern,
            page -> {
              receiver.accept(page);
              return true;
            });
  }

  /**
   * Passes on the keys that match, in pages, until the receiver returns false.
   *
   * @return whether all were passed on
   */
  public static boolean pagesWhile(Redis redis, String pattern, Predicate<List<byte[]>> receiver) {
    ScanArgs arguments = ScanArgs.Builder.limit(PAGE).match(pattern.getBytes(UTF_8));
    KeyScanCursor<byte[]> page = redis.ask(commands -> commands.scan(arguments));
    boolean goesOn = receiver.test(page.getKeys());
    while (goesOn && !page.isFinished()) {
      ScanCursor reached = page;
      page = redis.ask(commands -> commands.scan(reached, arguments));
      goesOn = receiver.test(page.getKeys());
    }
    return goesOn;
  }
}
