package dev.freshet.console;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The contents of a console.
 *
 * @param subject what it shows, such as {@code this machine}
 * @param pages by the names in their addresses, in the order of the navigation; {@code NAME.js}
 *     shows what {@code /api/NAME} answers
 * @param answers what pages ask for besides, likewise
 * @param commands what the console can do, likewise; none if it is read-only
 * @param documents JSON for other programs, as it is
 */
record Site(
    String subject,
    Map<String, Page> pages,
    Map<String, Page> answers,
    Map<String, Page> commands,
    Map<String, Supplier<Map<String, Object>>> documents) {

  /** All that a browser asks for. */
  Map<String, Page> all() {
    Map<String, Page> all = new LinkedHashMap<>(pages);
    all.putAll(answers);
    all.put("site", parameters -> summary());
    return all;
  }

  private Map<String, Object> summary() {
    return Map.of(
        "subject", subject,
        "pages", List.copyOf(pages.keySet()),
        "isReadOnly", commands.isEmpty());
  }
}
