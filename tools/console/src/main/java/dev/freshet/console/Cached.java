package dev.freshet.console;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;

/** A page that asks its source, which may fail, no more often than once in a while. */
final class Cached implements Page {

  private final Page page;
  private final Duration age;
  private final InstantSource time;
  private Supplier<Object> answer;
  private long readMillis;

  /**
   * @param page without parameters
   */
  Cached(Page page, Duration age, InstantSource time) {
    this.page = page;
    this.age = age;
    this.time = time;
  }

  @Override
  public synchronized Object read(Map<String, String> parameters) {
    long now = time.millis();
    if (now - readMillis >= age.toMillis()) {
      readMillis = now;
      answer = ask();
    }
    return answer.get();
  }

  private Supplier<Object> ask() {
    try {
      Object found = page.read(Map.of());
      return () -> found;
    } catch (RuntimeException e) {
      return () -> {
        throw e;
      };
    }
  }
}
