package dev.freshet.authoring.scaffold;

import dev.freshet.definition.Aggregate.OfEvents;
import dev.freshet.definition.Entity;
import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.FeatureGroupBuilder;
import dev.freshet.definition.LastEvents;
import dev.freshet.definition.TimeWindow;
import dev.freshet.input.Filter;
import dev.freshet.input.Input;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A declaration twice over: as the code that is to be written, and as the feature group which that
 * code makes, so that what the engine rejects is never written.
 *
 * @param format the constant of the format that new event types have
 * @param overs the arguments of each {@code over()}: a window and what is computed of it
 */
record Blueprint(
    FeatureGroup group,
    Word<Entity> dimension,
    List<Word<EventType>> eventTypes,
    String format,
    Optional<Call<Input>> value,
    Optional<Call<Filter>> filter,
    List<List<Call<?>>> overs) {

  /** With the service and the stage, the name of a function on AWS has at most 64 characters. */
  private static final int LONGEST_NAME = 40;

  /**
   * The requested feature group, in terms of what the catalogue knows.
   *
   * @throws IllegalArgumentException if it makes no feature group; the message says why
   */
  static Blueprint of(Request request, Vocabulary vocabulary) {
    FeatureGroupBuilder builder = FeatureGroup.named(request.name());
    require(
        request.name().length() <= LONGEST_NAME,
        "a feature group's name has at most " + LONGEST_NAME + " characters: " + request.name());
    Word<Entity> dimension = vocabulary.dimension(request.dimension());
    List<Word<EventType>> types =
        Stream.concat(
                request.reads().stream().map(vocabulary::eventType),
                request.newTypes().stream().map(vocabulary::newEventType))
            .toList();
    Optional<Call<Input>> value =
        Optional.of(request.value()).filter(text -> !text.isBlank()).map(InputCalls::input);
    Optional<Call<Filter>> filter =
        Optional.of(request.filter()).filter(text -> !text.isBlank()).map(InputCalls::filter);
    builder.dimension(dimension.meaning());
    types.forEach(type -> builder.reads(type.meaning()));
    value.ifPresent(call -> builder.value(call.made()));
    filter.ifPresent(call -> builder.where(call.made()));
    List<List<Call<?>>> overs = overs(request, types, builder);
    builder.describedAs(
        description(
            request, dimension, types, value.map(call -> call.made().toString()).orElse("")));
    return new Blueprint(
        builder.build(), dimension, types, vocabulary.format().constant(), value, filter, overs);
  }

  private static List<List<Call<?>>> overs(
      Request request, List<Word<EventType>> types, FeatureGroupBuilder builder) {
    require(
        request.last() != 0 || !request.windows().isEmpty(),
        "name a window: --last N, --windows 5m,30m, or both");
    require(!request.features().isEmpty(), "name what to compute: --features");
    Set<String> members =
        types.stream()
            .flatMap(type -> type.meaning().members().stream())
            .collect(Collectors.toSet());
    List<Call<OfEvents>> computed = AggregateCalls.named(request.features(), members);
    OfEvents[] made = computed.stream().map(Call::made).toArray(OfEvents[]::new);
    List<List<Call<?>>> overs = new ArrayList<>();
    if (request.last() != 0) {
      Call<LastEvents> window = Call.lastEvents(request.last());
      builder.over(window.made(), made);
      overs.add(over(window, computed));
    }
    for (String text : request.windows()) {
      Call<TimeWindow> window = Call.timeWindow(text);
      builder.over(window.made(), made);
      overs.add(over(window, computed));
    }
    return overs;
  }

  private static List<Call<?>> over(Call<?> window, List<Call<OfEvents>> computed) {
    return Stream.<Call<?>>concat(Stream.of(window), computed.stream()).toList();
  }

  private static String description(
      Request request, Word<Entity> dimension, List<Word<EventType>> types, String value) {
    if (!request.description().isBlank()) {
      require(
          request.description().chars().noneMatch(Character::isISOControl),
          "a description is one line of text");
      return request.description().strip();
    }
    String entity = dimension.meaning().name();
    return request.last() > 0 && !value.isEmpty()
        ? "The last %d values of %s of a %s.".formatted(request.last(), value, entity)
        : "The recent %s events of a %s."
            .formatted(Vocabulary.names(types, EventType::name), entity);
  }

  /** The class's simple name, such as {@code StoreRatingsHandler}. */
  String className() {
    return Arrays.stream(group.name().split("_", -1))
            .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
            .collect(Collectors.joining())
        + "Handler";
  }

  /** The key of the entry in {@code serverless.yml}, such as {@code store-ratings}. */
  String functionName() {
    return group.name().replace('_', '-');
  }

  /** Whether declarations have no constant yet for what it names. */
  boolean hasNewWords() {
    return dimension.isNew() || eventTypes.stream().anyMatch(Word::isNew);
  }

  static void require(boolean condition, String complaint) {
    if (!condition) {
      throw new IllegalArgumentException(complaint);
    }
  }
}
