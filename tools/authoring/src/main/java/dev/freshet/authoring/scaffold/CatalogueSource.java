package dev.freshet.authoring.scaffold;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The class that lists the feature groups of the catalogue, as text. */
final class CatalogueSource {

  static final String CLASS = "OrdersCatalogue";

  private static final Pattern GROUP =
      Pattern.compile("^        (\\w+)\\.FEATURES(,\\n|\\);\\n)", Pattern.MULTILINE);

  private CatalogueSource() {}

  /** The text with the group of a handler, in the order of the classes' names. */
  static String with(String className, String text) {
    Matcher listed = GROUP.matcher(text);
    int end = -1;
    while (listed.find()) {
      if (listed.group(1).compareTo(className) > 0) {
        return insert(text, listed.start(), "        " + className + ".FEATURES,\n");
      }
      end = listed.start(2);
    }
    if (end < 0) {
      throw new IllegalStateException(
          "%s has no list of feature groups any more; add %s.FEATURES to it yourself"
              .formatted(CLASS, className));
    }
    return insert(text, end, ",\n        " + className + ".FEATURES");
  }

  private static String insert(String text, int index, String inserted) {
    return text.substring(0, index) + inserted + text.substring(index);
  }
}
