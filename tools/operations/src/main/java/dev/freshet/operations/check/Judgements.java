package dev.freshet.operations.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Counts how a feature group judges the events of one type. */
final class Judgements {

  private final Reasons skipped = new Reasons();
  private final Reasons invalid = new Reasons();
  private long used;

  void addUsed() {
    used++;
  }

  long used() {
    return used;
  }

  Reasons skipped() {
    return skipped;
  }

  Reasons invalid() {
    return invalid;
  }

  /** Returns a line with the counts, and one for each reason. */
  List<String> text(String type) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s: %,d used, %,d skipped, %,d invalid",
            type,
            used,
            skipped.count(),
            invalid.count()));
    skipped.text().forEach(line -> lines.add("  skipped " + line));
    invalid.text().forEach(line -> lines.add("  invalid " + line));
    return lines;
  }

  /** Returns the tree that JSON shows. */
  Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("used", used);
    tree.put("skipped", skipped.count());
    tree.put("invalid", invalid.count());
    tree.put("skippedReasons", skipped.tree());
    tree.put("invalidReasons", invalid.tree());
    return tree;
  }
}
