package dev.freshet.operations.cost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Reads the JSON files beside this class. */
final class Resource {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Resource() {}

  static JsonNode read(String name) {
    try (InputStream file = Resource.class.getResourceAsStream(name)) {
      return JSON.readTree(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }
}
