package dev.freshet.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import java.util.List;
import java.util.function.Consumer;

/** Finds keys by a pattern, on all masters of a cluster. */
public final class KeyScan {

  /** About how many keys are looked at at once. */
  public static final int PAGE = 500;

  private KeyScan() {}

  /** Passes on the keys that match, in pages; a key may come more than once. */
  public static void pages(Redis redis, String pattern, Consumer<List<byte[]>> receiver) {
    ScanArgs arguments = ScanArgs.Builder.limit(PAGE).match(pattern.getBytes(UTF_8));
    KeyScanCursor<byte[]> page = redis.ask(commands -> commands.scan(arguments));
    receiver.accept(page.getKeys());
    while (!page.isFinished()) {
      ScanCursor reached = page;
      page = redis.ask(commands -> commands.scan(reached, arguments));
      receiver.accept(page.getKeys());
    }
  }
}
