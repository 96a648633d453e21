package dev.freshet.console;

import java.util.Map;

/** The data of one page of the console. */
@FunctionalInterface
public interface Page {

  /**
   * Returns the present data, as records, maps and lists that become JSON.
   *
   * @param parameters of the address, such as the id of an entity
   * @throws IllegalArgumentException if a parameter is missing or names nothing
   * @throws RuntimeException if a part of the platform does not answer; the message says which
   */
  Object read(Map<String, String> parameters);

  /**
   * Returns a parameter.
   *
   * @throws IllegalArgumentException if it is missing or blank
   */
  static String required(Map<String, String> parameters, String name) {
    String value = parameters.getOrDefault(name, "");
    if (value.isBlank()) {
      throw new IllegalArgumentException("name a " + name);
    }
    return value;
  }
}
