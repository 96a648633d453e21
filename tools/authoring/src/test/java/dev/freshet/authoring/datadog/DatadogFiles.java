package dev.freshet.authoring.datadog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of the folder {@code datadog}. */
final class DatadogFiles {

  static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

  private DatadogFiles() {}

  static JsonNode dashboard() {
    return read(ROOT.resolve("datadog/dashboard.json"));
  }

  static JsonNode monitors() {
    return read(ROOT.resolve("datadog/monitors.json"));
  }

  /** Every query of both, wherever it stands. */
  static List<MetricQuery> queries() {
    return Stream.of(dashboard(), monitors())
        .flatMap(file -> file.findValues("query").stream())
        .flatMap(query -> MetricQuery.of(query.textValue()).stream())
        .toList();
  }

  private static JsonNode read(Path file) {
    try {
      return new ObjectMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
