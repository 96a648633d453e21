package dev.freshet.authoring.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.definition.Aggregates;
import dev.freshet.definition.Catalogue;
import dev.freshet.definition.Entity;
import dev.freshet.definition.EventType;
import dev.freshet.definition.Feature;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.FeatureService;
import dev.freshet.definition.Window;
import dev.freshet.format.EventFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The catalogue in all its forms. */
class CatalogueTest {

  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final Path CURRENT = Path.of("target/feature-catalogue.md");

  private static final List<FeatureGroup> GROUPS =
      Catalogue.load().groups().stream().sorted(Comparator.comparing(FeatureGroup::name)).toList();

  private static final List<FeatureService> SERVICES = Catalogue.load().services();

  @Test
  void theCommittedPageIsCurrent() throws IOException {
    Files.writeString(CURRENT, new CatalogueForms(GROUPS, SERVICES).markdown());

    assertThat(ROOT.resolve("docs/feature-catalogue.md"))
        .as("declarations have changed: ./freshet catalog --markdown docs/feature-catalogue.md")
        .hasSameTextualContentAs(CURRENT);
  }

  @Test
  void theOrderOfTheGroupsDoesNotMatter() {
    List<FeatureGroup> reversed = new ArrayList<>(GROUPS);
    Collections.reverse(reversed);
    assertThat(new CatalogueForms(reversed, SERVICES).markdown())
        .isEqualTo(new CatalogueForms(GROUPS, SERVICES).markdown());
    assertThat(new CatalogueForms(reversed, SERVICES).html())
        .isEqualTo(new CatalogueForms(GROUPS, SERVICES).html());
  }

  @Test
  void everyGroupSaysWhatItMeans() {
    assertThat(GROUPS)
        .hasSizeGreaterThanOrEqualTo(7)
        .allSatisfy(group -> assertThat(group.description()).as(group.name()).endsWith("."));
  }

  @Test
  void everyGroupHasAPageThatSaysAllOfIt() {
    Map<String, String> pages = new CatalogueForms(GROUPS, SERVICES).html();

    assertThat(pages).hasSize(GROUPS.size() + 1).containsKey("index.html");
    for (FeatureGroup group : GROUPS) {
      String page = plain(pages.get(group.name() + ".html"));
      assertThat(page)
          .contains(group.description(), "features:" + group.dimension().name() + ":<")
          .contains(group.name() + ":@valid_until", "./freshet get", "HMGET", "store.hmget(");
      for (Feature feature : group.features()) {
        assertThat(page)
            .contains(group.name() + ":" + feature.name(), feature.window(), feature.formula());
      }
    }
  }

  @Test
  void everyLinkLeadsToAPageAndNothingIsFetched() {
    Map<String, String> pages = new CatalogueForms(GROUPS, SERVICES).html();

    assertThat(pages.values())
        .allSatisfy(
            page -> {
              assertThat(page).doesNotContain("src=", "http://", "https://", "@import", "url(");
              assertThat(Pattern.compile("href=\"([^\"]*)\"").matcher(page).results())
                  .isNotEmpty()
                  .allSatisfy(link -> assertThat(pages).containsKey(link.group(1)));
            });
  }

  @Test
  void textOfADeclarationIsTextAndNotMarkup() {
    FeatureGroup group =
        FeatureGroup.named("g")
            .describedAs("a < b & \"c\" | d")
            .dimension(Entity.named("table").by("tableId"))
            .reads(new EventType("PLACED", "placed", EventFormat.reference()))
            .over(Window.minutes(5), Aggregates.count("placed"))
            .build();

    assertThat(new CatalogueForms(List.of(group), List.of()).html().get("g.html"))
        .contains("a &lt; b &amp; &quot;c&quot; | d");
    assertThat(new CatalogueForms(List.of(group), List.of()).markdown())
        .contains("a < b & \"c\" \\| d |");
  }

  @Test
  void everyFormSaysHowLateAnEventMayBe() throws IOException {
    FeatureGroup group =
        FeatureGroup.named("g")
            .describedAs("How often.")
            .dimension(Entity.named("table").by("tableId"))
            .reads(new EventType("PLACED", "placed", EventFormat.reference()))
            .lateness(Duration.ofDays(3))
            .over(Window.lifetime(), Aggregates.count("placed"))
            .build();
    CatalogueForms forms = new CatalogueForms(List.of(group), List.of());
    String late = "an event that arrives 3d or more after its time is late";

    assertThat(forms.markdown()).contains("- It has [history](features.md#history): " + late + ".");
    assertThat(forms.html().get("g.html")).contains("<dd>" + late + "</dd>");
    assertThat(new ObjectMapper().readTree(forms.json()).at("/0/latenessSeconds").asLong())
        .isEqualTo(259_200);
  }

  @Test
  void jsonHasEverything() throws IOException {
    JsonNode all = new ObjectMapper().readTree(new CatalogueForms(GROUPS, SERVICES).json());

    assertThat(all).hasSameSizeAs(GROUPS);
    for (int i = 0; i < GROUPS.size(); i++) {
      FeatureGroup group = GROUPS.get(i);
      JsonNode tree = all.get(i);
      assertThat(tree.get("featureGroup").asText()).isEqualTo(group.name());
      assertThat(tree.get("description").asText()).isEqualTo(group.description());
      assertThat(tree.get("streams")).hasSameSizeAs(group.eventTypes());
      assertThat(tree.get("value").isNull()).isEqualTo(FeatureForms.commonInput(group).isEmpty());
      assertThat(tree.get("bookkeeping")).hasSize(5);
      assertThat(tree.get("features")).hasSameSizeAs(group.features());
      JsonNode feature = tree.get("features").get(0);
      assertThat(feature.get("formula").asText()).isEqualTo(group.features().get(0).formula());
      assertThat(feature.get("field").asText())
          .isEqualTo(group.name() + ":" + group.features().get(0).name());
      assertThat(tree.at("/examples/shell").asText()).startsWith("./freshet get ");
    }
  }

  @Test
  void jsonHasOfEachGroupTheServicesThatReadIt() throws IOException {
    JsonNode all = new ObjectMapper().readTree(new CatalogueForms(GROUPS, SERVICES).json());
    Map<String, JsonNode> groups = new HashMap<>();
    all.forEach(group -> groups.put(group.get("featureGroup").asText(), group));

    assertThat(groups.get("courier_history").get("services")).isEmpty();
    assertThat(groups.get("store_orders").get("services")).hasSize(2);
    JsonNode service = groups.get("city_orders").at("/services/0");
    assertThat(service.get("featureService").asText()).isEqualTo("arrival_time");
    assertThat(service.get("greatestAgeMillis").asLong()).isEqualTo(300_000);
    assertThat(service.at("/features/0/field").asText()).isEqualTo("store_orders:created_30m");
    assertThat(service.at("/features/0/dimension").asText()).isEqualTo("store");
    assertThat(service.at("/features/0/default").asDouble(-1)).isZero();
    assertThat(service.at("/features/3/default").isNull()).isTrue();
  }

  /** The text of a page, as a browser shows it. */
  private static String plain(String html) {
    return html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
  }
}
