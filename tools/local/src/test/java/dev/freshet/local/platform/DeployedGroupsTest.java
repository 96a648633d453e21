package dev.freshet.local.platform;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Window.minutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.freshet.aws.emulator.template.DeployedTemplate;
import dev.freshet.aws.emulator.template.FunctionDefinition;
import dev.freshet.aws.emulator.template.MappingDefinition;
import dev.freshet.aws.emulator.template.StreamDefinition;
import dev.freshet.definition.Catalogue;
import dev.freshet.definition.Entity;
import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.format.EventFormat;
import dev.freshet.function.AggregatorHandler;
import dev.freshet.operations.rebuild.GroupStreams;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DeployedGroupsTest {

  private static final Entity TABLE = Entity.named("table").by("tableId");
  private static final EventType RATED = new EventType("RATED", "rated", EventFormat.reference());
  private static final EventType PAID = new EventType("PAID", "paid", EventFormat.reference());

  private static final FeatureGroup RATINGS = group("ratings", TABLE, RATED);
  private static final FeatureGroup BILLS = group("bills", TABLE, PAID);
  private static final FeatureGroup GUESTS =
      group("guests", Entity.named("guest").by("guestId"), RATED);

  private static FeatureGroup group(String name, Entity entity, EventType type) {
    return FeatureGroup.named(name)
        .dimension(entity)
        .reads(type)
        .over(minutes(5), count("events"))
        .build();
  }

  /** Two groups in one function. */
  public static final class Tables extends AggregatorHandler {
    public Tables() {
      super(RATINGS, BILLS);
    }
  }

  /** A group that {@link Tables} has, too. */
  public static final class Ratings extends AggregatorHandler {
    public Ratings() {
      super(RATINGS);
    }
  }

  /** Groups that one function cannot compute. */
  public static final class Mixed extends AggregatorHandler {
    public Mixed() {
      super(RATINGS, GUESTS);
    }
  }

  private record Tasting(String name, List<FeatureGroup> groups) implements Catalogue {}

  private static final Catalogue CATALOGUE = new Tasting("tables", List.of(RATINGS, BILLS, GUESTS));

  @Test
  void aFunctionServesAllItsGroupsEachFromTheStreamsOfItsEvents() {
    DeployedTemplate template =
        template(List.of(function("tables", Tables.class)), "tables rated", "tables paid");

    assertThat(DeployedGroups.of(template, CATALOGUE))
        .containsExactly(
            new GroupStreams(RATINGS, Set.of("rated")), new GroupStreams(BILLS, Set.of("paid")));
  }

  @Test
  void aStreamThatOneOfItsGroupsNeedsIsRead() {
    DeployedTemplate template = template(List.of(function("tables", Tables.class)), "tables rated");

    assertThatIllegalStateException()
        .isThrownBy(() -> DeployedGroups.of(template, CATALOGUE))
        .withMessage(
            "function tables of serverless.yml serves ratings,bills, which needs PAID:"
                + " add paid to its reads");
  }

  @Test
  void aStreamThatExistsMayHaveAnyName() {
    DeployedTemplate template =
        template(List.of(function("tables", Tables.class)), "tables events-of-tables");

    assertThat(DeployedGroups.of(template, CATALOGUE))
        .containsExactly(
            new GroupStreams(RATINGS, Set.of("events-of-tables")),
            new GroupStreams(BILLS, Set.of("events-of-tables")));
  }

  @Test
  void aGroupHasOneFunction() {
    DeployedTemplate template =
        template(
            List.of(function("tables", Tables.class), function("ratings", Ratings.class)),
            "tables rated",
            "tables paid",
            "ratings rated");

    assertThatIllegalStateException()
        .isThrownBy(() -> DeployedGroups.of(template, CATALOGUE))
        .withMessage(
            "functions tables and ratings of serverless.yml both serve the feature group ratings:"
                + " leave it to one");
  }

  @Test
  void aHandlerOfGroupsThatDoNotFitSaysWhy() {
    DeployedTemplate template = template(List.of(function("mixed", Mixed.class)), "mixed rated");

    assertThatIllegalStateException()
        .isThrownBy(() -> DeployedGroups.of(template, CATALOGUE))
        .withMessageContainingAll(
            "function mixed: ", "ratings is of table [tableId], guests of guest [guestId]");
  }

  private static FunctionDefinition function(String name, Class<?> handler) {
    return new FunctionDefinition(
        name, handler.getName(), Path.of("a.jar"), 512, Duration.ofMinutes(1), Map.of());
  }

  /** A template with streams of events, and mappings such as {@code tables rated}. */
  private static DeployedTemplate template(List<FunctionDefinition> functions, String... reads) {
    return new DeployedTemplate(
        Stream.of("rated", "paid").map(name -> new StreamDefinition(name, 1)).toList(),
        List.of(),
        functions,
        Stream.of(reads).map(DeployedGroupsTest::mapping).toList(),
        List.of(),
        List.of());
  }

  private static MappingDefinition mapping(String read) {
    int space = read.indexOf(' ');
    return new MappingDefinition(
        read.substring(0, space),
        read.substring(space + 1),
        500,
        Duration.ZERO,
        1,
        true,
        -1,
        Optional.empty(),
        false,
        Optional.empty());
  }
}
