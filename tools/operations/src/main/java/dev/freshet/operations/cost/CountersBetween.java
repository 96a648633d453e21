package dev.freshet.operations.cost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Subtracts two answers of {@code /api/counters}, for the rates between them. */
final class CountersBetween {

  private CountersBetween() {}

  /** Returns what was counted from one answer to the next, in the form of an answer. */
  static JsonNode of(JsonNode before, JsonNode now) {
    ObjectNode between = (ObjectNode) difference(before, now);
    between.set("since", before.path("at"));
    return between;
  }

  private static JsonNode difference(JsonNode before, JsonNode now) {
    if (now.isNumber()) {
      return DoubleNode.valueOf(now.asDouble() - before.asDouble());
    }
    if (now.isArray()) {
      var all = JsonNodeFactory.instance.arrayNode();
      now.forEach(each -> all.add(difference(mapping(before, each), each)));
      return all;
    }
    if (now.isObject()) {
      ObjectNode members = JsonNodeFactory.instance.objectNode();
      now.properties()
          .forEach(
              each ->
                  members.set(
                      each.getKey(), difference(before.path(each.getKey()), each.getValue())));
      return members;
    }
    return now;
  }

  /** Returns the counters of the same function and stream; missing if there are none. */
  private static JsonNode mapping(JsonNode mappings, JsonNode wanted) {
    for (JsonNode each : mappings) {
      if (each.path("function").equals(wanted.path("function"))
          && each.path("stream").equals(wanted.path("stream"))) {
        return each;
      }
    }
    return MissingNode.getInstance();
  }
}
