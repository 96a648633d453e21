package dev.freshet.cli.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.definition.FeatureService;
import dev.freshet.definition.ServedFeature;
import dev.freshet.featurestore.client.Age;
import dev.freshet.featurestore.client.ServedRow;
import dev.freshet.featurestore.client.ServedRow.Source;
import dev.freshet.result.DecimalText;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Rows of a feature service, as a user names and sees them.
 *
 * @param entities of each row: the ids by the names of their dimensions
 */
record ServiceRows(FeatureService service, List<Map<String, String>> entities) {

  private static final String NONE = "-";

  /**
   * Reads words such as {@code store=45}. A dimension that is named once is that of all rows.
   *
   * @throws IllegalArgumentException if they are not the entities that the service needs
   */
  static ServiceRows of(FeatureService service, List<String> words) {
    Map<String, List<String>> ids = new LinkedHashMap<>();
    service.dimensions().forEach(dimension -> ids.put(dimension, new ArrayList<>()));
    for (String word : words) {
      int equals = word.indexOf('=');
      List<String> ofDimension = equals < 0 ? null : ids.get(word.substring(0, equals));
      require(
          ofDimension != null,
          "'%s' is no entity of feature service %s: write %s"
              .formatted(word, service.name(), example(service)));
      require(equals + 1 < word.length(), word + " names no entity: write " + example(service));
      ofDimension.add(word.substring(equals + 1));
    }
    int rows = ids.values().stream().mapToInt(List::size).max().orElse(0);
    ids.forEach(
        (dimension, given) ->
            require(
                given.size() == 1 || given.size() == rows && rows > 0,
                given.isEmpty()
                    ? "feature service %s needs a %s: write %s"
                        .formatted(service.name(), dimension, example(service))
                    : "%s is named %d times for %d rows: name it once, or once a row"
                        .formatted(dimension, given.size(), rows)));
    List<Map<String, String>> entities = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      Map<String, String> row = new LinkedHashMap<>();
      int index = i;
      ids.forEach((name, given) -> row.put(name, given.get(given.size() == 1 ? 0 : index)));
      entities.add(row);
    }
    return new ServiceRows(service, entities);
  }

  private static String example(FeatureService service) {
    return String.join(
        " ", service.dimensions().stream().map(dimension -> dimension + "=ID").toList());
  }

  private static void require(boolean isRight, String complaint) {
    if (!isRight) {
      throw new IllegalArgumentException(complaint);
    }
  }

  /** Returns the groups whose features are unknown, as their history could not be asked. */
  static Set<String> unknown(List<ServedRow> rows) {
    Set<String> groups = new TreeSet<>();
    for (ServedRow row : rows) {
      for (int i = 0; i < row.size(); i++) {
        if (row.source(i) == Source.UNKNOWN) {
          groups.add(row.service().features().get(i).featureGroup());
        }
      }
    }
    return groups;
  }

  /** Returns a paragraph for each row: each feature with its value, its age and its source. */
  String text(List<ServedRow> rows) {
    int width = service.features().stream().mapToInt(each -> each.field().length()).max().orElse(0);
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < rows.size(); row++) {
      text.append(row == 0 ? "" : "\n");
      entities.get(row).forEach((name, id) -> text.append(name + "=" + id + " "));
      text.setCharAt(text.length() - 1, '\n');
      for (int i = 0; i < service.features().size(); i++) {
        String line =
            "  %%-%ds  %%-20s  %%s"
                .formatted(width)
                .formatted(
                    service.features().get(i).field(),
                    value(rows.get(row), i),
                    note(rows.get(row), i));
        text.append(line.stripTrailing()).append('\n');
      }
    }
    return text.toString();
  }

  private static String value(ServedRow row, int index) {
    String text = row.text(index);
    double number = row.number(index);
    return text != null ? text : Double.isNaN(number) ? NONE : DecimalText.of(number);
  }

  /** Returns what is to know beside a value: how old it is, or why there is none. */
  private static String note(ServedRow row, int index) {
    String age = row.age(index).map(known -> age(known, row.readAtMillis())).orElse("");
    Source source = row.source(index);
    if (source == Source.STORED) {
      return age;
    }
    boolean hasDefault = row.service().features().get(index).hasDefault();
    String why = name(source) + (hasDefault ? ", so the default" : "");
    return age.isEmpty() ? why : why + "; " + age;
  }

  private static String age(Age age, long nowMillis) {
    Duration old = Duration.ofMillis(Math.max(0, nowMillis - age.computedAt()));
    return rounded(old)
        + " old"
        + (age.isOutdated(nowMillis)
            ? ", out of date for "
                + rounded(Duration.ofMillis(nowMillis - age.validUntil().getAsLong()))
            : "")
        + (age.isFromHistory() ? ", from the table of history" : "");
  }

  private static String rounded(Duration duration) {
    if (duration.toDays() > 1) {
      return duration.toDays() + "d";
    }
    if (duration.toHours() > 1) {
      return duration.toHours() + "h";
    }
    return duration.toMinutes() > 1 ? duration.toMinutes() + "m" : duration.toSeconds() + "s";
  }

  private static String name(Source source) {
    return source.name().toLowerCase(Locale.ROOT);
  }

  /** Returns a JSON array with an object for each row. */
  String json(List<ServedRow> rows) {
    ArrayNode array = new ObjectMapper().createArrayNode();
    for (int i = 0; i < rows.size(); i++) {
      ObjectNode object = array.addObject();
      entities.get(i).forEach(object.putObject("entities")::put);
      put(rows.get(i), object);
    }
    return array + "\n";
  }

  private void put(ServedRow row, ObjectNode object) {
    ObjectNode values = object.putObject("features");
    ObjectNode others = object.putObject("notStored");
    ObjectNode ages = object.putObject("ages");
    for (int i = 0; i < row.size(); i++) {
      ServedFeature feature = service.features().get(i);
      put(values, feature, row.number(i), row.text(i));
      if (row.source(i) != Source.STORED) {
        others.put(feature.field(), name(row.source(i)));
      }
      row.age(i)
          .filter(age -> !ages.has(feature.featureGroup()))
          .ifPresent(age -> put(ages.putObject(feature.featureGroup()), age));
    }
  }

  private static void put(ObjectNode values, ServedFeature feature, double number, String text) {
    if (text != null) {
      values.put(feature.field(), text);
    } else if (Double.isNaN(number)) {
      values.putNull(feature.field());
    } else {
      values.put(feature.field(), new BigDecimal(DecimalText.of(number)));
    }
  }

  private static void put(ObjectNode object, Age age) {
    object.put("computedAt", age.computedAt());
    age.validUntil().ifPresent(until -> object.put("validUntil", until));
    age.completeSince().ifPresent(since -> object.put("completeSince", since));
    object.put("fromHistory", age.isFromHistory());
  }
}
