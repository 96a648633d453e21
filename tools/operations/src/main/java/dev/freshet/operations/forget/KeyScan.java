package dev.freshet.operations.forget;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.redis.Redis;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import java.util.List;
import java.util.function.Consumer;

/** Scans the keys of a server, or of all masters of a cluster, in pages. */
final class KeyScan {

  static final int PAGE = 500;

  private KeyScan() {}

  /**
   * Passes on the keys that match, in pages; a key may come more than once.
   *
   * @param pattern a pattern of {@code SCAN}; see {@link #escaped}
   */
  static void of(Redis redis, String pattern, Consumer<List<byte[]>> pages) {
    ScanArgs arguments = ScanArgs.Builder.limit(PAGE).match(pattern.getBytes(UTF_8));
    KeyScanCursor<byte[]> page = redis.ask(commands -> commands.scan(arguments));
    pages.accept(page.getKeys());
    while (!page.isFinished()) {
      ScanCursor reached = page;
      page = redis.ask(commands -> commands.scan(reached, arguments));
      pages.accept(page.getKeys());
    }
  }

  /** Returns a pattern that matches only this text. */
  static String escaped(String text) {
    return text.replaceAll("[\\\\*?\\[\\]^]", "\\\\$0");
  }
}
