package dev.freshet.authoring.scaffold;

import dev.freshet.authoring.catalog.CatalogueForms;
import dev.freshet.definition.Catalogue;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.function.AggregatorHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes what a new feature group needs into the project, all of it or nothing. */
public final class NewAggregator {

  private final Path root;
  private final Path sources;
  private final Path tests;

  /**
   * @param root the project's folder
   */
  public NewAggregator(Path root) {
    this.root = root;
    this.sources = root.resolve("lambdas/src/main/java/dev/freshet/lambdas");
    this.tests = root.resolve("lambdas/src/test/java/dev/freshet/lambdas");
  }

  /**
   * The files and features that were written.
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
    Blueprint blueprint = Blueprint.of(request, Vocabulary.known());
    Map<Path, String> contents = contents(blueprint);
    write(contents);
    return new Written(
        blueprint.group(), contents.keySet().stream().map(root::relativize).toList());
  }

  private Map<Path, String> contents(Blueprint blueprint) throws IOException {
    Path handler = sources.resolve(blueprint.className() + ".java");
    Path test = tests.resolve(blueprint.className() + "Test.java");
    Path words = sources.resolve("Orders.java");
    Path catalogue = sources.resolve(Insertions.CATALOGUE + ".java");
    Path serverless = root.resolve("serverless.yml");
    ServerlessText functions = new ServerlessText(Files.readString(serverless));
    List<FeatureGroup> groups = new ArrayList<>(Catalogue.load().groups());
    requireFree(blueprint, groups, functions, List.of(handler, test));
    groups.add(blueprint.group());

    Map<Path, String> contents = new LinkedHashMap<>();
    contents.put(handler, GeneratedHandler.of(blueprint));
    contents.put(test, GeneratedTest.of(blueprint));
    if (blueprint.hasNewWords()) {
      contents.put(words, Insertions.withWords(blueprint, Files.readString(words)));
    }
    contents.put(catalogue, Insertions.withGroup(blueprint, Files.readString(catalogue)));
    contents.put(serverless, functions.with(blueprint).toString());
    contents.put(
        root.resolve("docs/feature-catalogue.md"),
        new CatalogueForms(groups, Catalogue.load().services()).markdown());
    return contents;
  }

  private static void requireFree(
      Blueprint blueprint, List<FeatureGroup> groups, ServerlessText functions, List<Path> files) {
    String name = blueprint.group().name();
    Blueprint.require(
        groups.stream().noneMatch(each -> each.name().equals(name)),
        "the feature group " + name + " is there already: './freshet catalog' lists them");
    Blueprint.require(
        !functions.hasFunction(blueprint.functionName()),
        "serverless.yml has a function "
            + blueprint.functionName()
            + " already: choose another name");
    Blueprint.require(
        !blueprint.className().equals(AggregatorHandler.class.getSimpleName()),
        "the class " + blueprint.className() + " is that of all handlers: choose another name");
    for (Path file : files) {
      Blueprint.require(
          !Files.exists(file),
          "the class " + file.getFileName() + " is there already: choose another name");
    }
  }

  /**
   * Writes each file.
   *
   * @throws IOException if one cannot be written; then all are again as they were
   */
  private static void write(Map<Path, String> contents) throws IOException {
    Map<Path, Optional<byte[]>> before = new LinkedHashMap<>();
    for (Path file : contents.keySet()) {
      before.put(
          file, Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty());
    }
    try {
      for (Map.Entry<Path, String> each : contents.entrySet()) {
        Files.writeString(each.getKey(), each.getValue());
      }
    } catch (IOException e) {
      restore(before);
      throw e;
    }
  }

  private static void restore(Map<Path, Optional<byte[]>> before) throws IOException {
    for (Map.Entry<Path, Optional<byte[]>> each : before.entrySet()) {
      if (each.getValue().isPresent()) {
        Files.write(each.getKey(), each.getValue().get());
      } else {
        Files.deleteIfExists(each.getKey());
      }
    }
  }
}
