package dev.freshet.operations.cost;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** The list prices of one AWS region on a date, from {@code prices.json}, each with its source. */
public final class Prices {

  private final JsonNode file;

  Prices(JsonNode file) {
    this.file = file;
  }

  public static Prices load() {
    return new Prices(Resource.read("prices.json"));
  }

  /**
   * Returns a price in dollars, for the unit that the file says.
   *
   * @throws IllegalArgumentException if the file has no such price
   */
  double of(String name) {
    JsonNode price = file.path("prices").path(name);
    if (price.isMissingNode()) {
      throw new IllegalArgumentException(
          "prices.json has no price %s: add it, with its source".formatted(name));
    }
    return price.path("dollars").asDouble();
  }

  /** Returns the day on which the prices were looked up. */
  public String date() {
    return file.path("date").asText();
  }

  public String region() {
    return file.path("region").asText();
  }

  /** Returns the names of the prices that no page confirmed. */
  public List<String> notLookedUp() {
    return file.path("prices").properties().stream()
        .filter(price -> !price.getValue().path("lookedUp").asBoolean())
        .map(Map.Entry::getKey)
        .toList();
  }
}
