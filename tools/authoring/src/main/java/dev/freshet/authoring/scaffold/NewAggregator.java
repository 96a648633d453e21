package dev.freshet.authoring.scaffold;

import dev.freshet.authoring.catalog.CatalogueForms;
import dev.freshet.definition.Catalogue;
import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.function.AggregatorHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Writes what a new feature group needs into the project, all of it or nothing. */
public final class NewAggregator {

  private static final Path SOURCES = Path.of("lambdas/src/main/java/dev/freshet/lambdas");
  private static final Path TESTS = Path.of("lambdas/src/test/java/dev/freshet/lambdas");

  private final Path root;
  private final Vocabulary vocabulary = Vocabulary.known();

  /**
   * @param root the project's folder
   */
  public NewAggregator(Path root) {
    this.root = root;
  }

  /**
   * What was written.
   *
   * @param group as the engine will have it
   * @param files relative to the project's folder
   */
  public record Written(FeatureGroup group, List<Path> files) {}

  /**
   * Writes the files.
   *
   * @throws IllegalArgumentException if what is asked for makes no feature group, or a name is
   *     taken; nothing is written then
   * @throws IOException if a file cannot be read or written; nothing is left changed then
   */
  public Written create(Request request) throws IOException {
    Blueprint blueprint = Blueprint.of(request, vocabulary);
    Changes changes = plan(blueprint);
    changes.write();
    return new Written(blueprint.group(), changes.files().stream().map(root::relativize).toList());
  }

  private Changes plan(Blueprint blueprint) throws IOException {
    ServerlessText serverless =
        new ServerlessText(Files.readString(root.resolve("serverless.yml")));
    Path handler = root.resolve(SOURCES).resolve(blueprint.className() + ".java");
    Path test = root.resolve(TESTS).resolve(blueprint.className() + "Test.java");
    requireFree(blueprint, serverless, Set.of(handler, test));

    Changes changes = new Changes();
    changes.add(handler, HandlerSource.of(blueprint));
    changes.add(test, TestSource.of(blueprint));
    addWords(blueprint, changes);
    Path catalogue = root.resolve(SOURCES).resolve(CatalogueSource.CLASS + ".java");
    changes.add(
        catalogue, CatalogueSource.with(blueprint.className(), Files.readString(catalogue)));
    changes.add(root.resolve("serverless.yml"), with(blueprint, serverless).toString());
    List<FeatureGroup> groups = new ArrayList<>(Catalogue.load().groups());
    groups.add(blueprint.group());
    changes.add(root.resolve("docs/feature-catalogue.md"), new CatalogueForms(groups).markdown());
    return changes;
  }

  private static void requireFree(Blueprint blueprint, ServerlessText serverless, Set<Path> files) {
    String name = blueprint.group().name();
    require(
        Catalogue.load().groups().stream().noneMatch(each -> each.name().equals(name)),
        "the feature group " + name + " is there already: './freshet catalog' lists them");
    require(
        !serverless.hasFunction(blueprint.functionName()),
        "serverless.yml has a function "
            + blueprint.functionName()
            + " already: choose another name");
    require(
        !blueprint.className().equals(AggregatorHandler.class.getSimpleName()),
        "the class " + blueprint.className() + " is that of all handlers: choose another name");
    for (Path file : new TreeSet<>(files)) { // sources before their tests
      require(
          !Files.exists(file),
          "the class " + file.getFileName() + " is there already: choose another name");
    }
  }

  private void addWords(Blueprint blueprint, Changes changes) throws IOException {
    Path file = root.resolve(SOURCES).resolve("Orders.java");
    String text = Files.readString(file);
    String changed = OrdersSource.with(blueprint, text);
    if (!changed.equals(text)) {
      changes.add(file, changed);
    }
  }

  private static ServerlessText with(Blueprint blueprint, ServerlessText serverless) {
    ServerlessText result = serverless;
    for (EventType type : blueprint.group().eventTypes()) {
      String stream = type.stream();
      result = result.hasStream(stream) ? result : result.withStream(stream);
    }
    return result.withFunction(blueprint);
  }

  private static void require(boolean condition, String complaint) {
    if (!condition) {
      throw new IllegalArgumentException(complaint);
    }
  }
}
