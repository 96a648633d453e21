package dev.freshet.cli.command;

import dev.freshet.authoring.catalog.CatalogueForms;
import dev.freshet.authoring.catalog.EventForms;
import dev.freshet.authoring.catalog.FeatureForms;
import dev.freshet.authoring.catalog.ServiceForms;
import dev.freshet.definition.Catalogue;
import dev.freshet.definition.Entity;
import dev.freshet.definition.EventType;
import dev.freshet.definition.Feature;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.FeatureService;
import dev.freshet.definition.ServedFeature;
import dev.freshet.format.EventFormat;
import dev.freshet.replay.file.OutputFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code freshet catalog}: lists the feature groups and feature services of the catalogue. */
@Command(
    name = "catalog",
    mixinStandardHelpOptions = true,
    description = {
      "Lists every feature group: its dimension, inputs, features and windows; and every feature",
      "service: what one model reads."
    })
public final class CatalogCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @ArgGroup private Form form = new Form();

  /** The output format; a list without any option. */
  private static final class Form {
    @Option(names = "--json", description = "print a JSON array with all there is to know")
    private boolean json;

    @Option(
        names = "--html",
        paramLabel = "DIR",
        description = "write pages for a browser into a folder: index.html and one of each group")
    private Path html;

    @Option(names = "--markdown", paramLabel = "FILE", description = "write one Markdown page")
    private Path markdown;
  }

  @Override
  public Integer call() throws IOException {
    Catalogue catalogue = Catalogue.load();
    catalogue.requireServices();
    List<FeatureGroup> groups = catalogue.groups();
    CatalogueForms forms = new CatalogueForms(groups, catalogue.services());
    PrintWriter out = spec.commandLine().getOut();
    if (form.json) {
      out.println(forms.json());
    } else if (form.html != null) {
      writePages(forms.html(), out);
    } else if (form.markdown != null) {
      write(form.markdown, forms.markdown());
      out.println("wrote " + form.markdown);
    } else {
      print(groups, out);
      catalogue.services().forEach(service -> print(service, out));
    }
    return 0;
  }

  private void writePages(Map<String, String> pages, PrintWriter out) throws IOException {
    for (Map.Entry<String, String> page : pages.entrySet()) {
      write(form.html.resolve(page.getKey()), page.getValue());
    }
    out.println("wrote %d pages: open %s".formatted(pages.size(), form.html.resolve("index.html")));
  }

  private static void write(Path file, String text) throws IOException {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw new IOException("cannot write %s: %s".formatted(file, e), e);
    }
    OutputFile.write(file, unfinished -> Files.writeString(unfinished, text));
  }

  private static void print(List<FeatureGroup> groups, PrintWriter out) {
    groups.forEach(group -> print(group, out));
    out.println("entities");
    groups.stream()
        .map(FeatureGroup::dimension)
        .distinct()
        .forEach(entity -> out.printf("  %s %s%n", entity.name(), members(entity)));
    out.printf("%nevent types%n");
    List<EventType> types =
        groups.stream().flatMap(group -> group.eventTypes().stream()).distinct().toList();
    types.forEach(type -> out.printf("  %s from stream %s%n", type.name(), type.stream()));
    out.printf("%nevent formats%n");
    for (EventFormat format : types.stream().map(EventType::format).distinct().toList()) {
      out.printf(
          "  %s%n    of %s%n",
          EventForms.text(format),
          types.stream()
              .filter(type -> type.format().equals(format))
              .map(EventType::name)
              .collect(Collectors.joining(", ")));
    }
  }

  private static String members(Entity entity) {
    return entity.members().isEmpty()
        ? "(every event)"
        : "(" + String.join("|", entity.members()) + ")";
  }

  private static void print(FeatureGroup group, PrintWriter out) {
    out.printf(
        "%s  of %s %s%n  reads %s%n",
        group.name(),
        group.dimension().name(),
        members(group.dimension()),
        group.eventTypes().stream().map(EventType::name).collect(Collectors.joining(", ")));
    EventForms.lifecycleTexts(group).forEach(text -> out.printf("  lifecycle %s%n", text));
    EventForms.lateness(group).ifPresent(text -> out.printf("  history: %s%n", text));
    int width = group.features().stream().mapToInt(each -> each.name().length()).max().orElse(0);
    for (Feature feature : group.features()) {
      out.printf("    %-" + Math.max(width, 22) + "s %s%n", feature.name(), text(group, feature));
    }
    out.println();
  }

  private static void print(FeatureService service, PrintWriter out) {
    out.printf(
        "%nfeature service %s  of %s%s%n",
        service.name(),
        String.join(", ", service.dimensions()),
        service.greatestAge().map(age -> "  no older than " + age).orElse(""));
    List<ServedFeature> features = service.features();
    int width = features.stream().mapToInt(each -> each.field().length()).max().orElse(0);
    for (ServedFeature feature : features) {
      out.printf(
          "    %-" + width + "s  if absent: %s%n", feature.field(), ServiceForms.ifAbsent(feature));
    }
  }

  private static String text(FeatureGroup group, Feature feature) {
    if (feature.window().isEmpty()) {
      return feature.formula();
    }
    return feature.window()
        + FeatureForms.input(group, feature).map(input -> "  of " + input).orElse("")
        + FeatureForms.filter(group, feature).map(filter -> "  where " + filter).orElse("")
        + (feature.isInstant() ? "  instant" : feature.isText() ? "  text" : "");
  }
}
