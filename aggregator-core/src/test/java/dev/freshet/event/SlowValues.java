package dev.freshet.event;

import static dev.freshet.event.SlowEventParser.require;

import java.util.Map;

/**
 * The members of an event by their paths. A path that meets something else than an object makes the
 * event invalid.
 *
 * @param prefix the start of all paths
 */
record SlowValues(Map<String, Object> members, String prefix) {

  SlowValues within(String start) {
    return new SlowValues(members, start);
  }

  /** Returns the value at a path; null if it is absent. */
  Object get(String path) {
    Object value = members;
    for (String name : (prefix + path).split("\\.")) {
      require(value == null || value instanceof Map<?, ?>);
      value = value == null ? null : ((Map<?, ?>) value).get(name);
    }
    return value;
  }

  /** Returns whether there is no value at a path, for any reason. */
  boolean isAbsent(String path) {
    try {
      return get(path) == null;
    } catch (IllegalArgumentException e) {
      return true;
    }
  }

  /** Returns a string of at least one character; null if it is absent. */
  String text(String path) {
    Object value = get(path);
    require(value == null || value instanceof String text && isText(text));
    return (String) value;
  }

  /** Returns a string or an integer as text; null if it is absent. */
  String id(String path, int longest) {
    Object value = get(path);
    if (value instanceof RawJson.Numeral number) {
      require(number.isInteger() && number.text().length() <= longest);
      return number.text().equals("-0") ? "0" : number.text();
    }
    String text = text(path);
    require(text == null || text.codePointCount(0, text.length()) <= longest);
    return text;
  }

  private static boolean isText(String text) {
    return !text.isEmpty()
        && text.codePoints().noneMatch(each -> Character.getType(each) == Character.SURROGATE);
  }
}
