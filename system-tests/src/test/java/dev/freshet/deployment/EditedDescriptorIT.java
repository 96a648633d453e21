package dev.freshet.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests {@code serverless.yml} after changes by formatters and people. */
@Tag("verify")
class EditedDescriptorIT {

  /** Leaves out comments and blank lines, quotes all texts, puts each item on a line of its own. */
  private static final String FORMATTER =
      """
      const fs = require('fs');
      const yaml = require('yaml');
      for (const file of process.argv.slice(1)) {
        const document = yaml.parseDocument(fs.readFileSync(file, 'utf8'), { logLevel: 'silent' });
        document.commentBefore = document.comment = null;
        yaml.visit(document, {
          Node(key, node) {
            node.commentBefore = node.comment = null;
            node.spaceBefore = node.flow = false;
            if (typeof node.value === 'string') {
              node.type = 'QUOTE_DOUBLE';
            }
          },
        });
        fs.writeFileSync(file, document.toString({ indent: 4, lineWidth: 60 }));
      }
      """;

  @TempDir private Path folder;

  @Test
  void aFormatterChangesNothingOfWhatIsDeployed() throws IOException {
    PackagedProject project = PackagedProject.copiedTo(folder);
    List<String> files = project.yamlFiles().toList();
    assertThat(files).contains("serverless.yml", "deployment/resources.yml");

    for (String file : files) {
      PackagedProject.Run run = project.node("-e", FORMATTER, file);
      assertThat(run.exitCode()).as(run.output()).isZero();
      assertThat(project.read(file).replace("[]", "")).doesNotContain("#", " [", "{ ");
    }

    assertThat(template(project.packaged("prod"))).isEqualTo(template(PackagedProject.of("prod")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "reads: [order-picked]  | reads: [order-piked] | functions.store-preparation-time.reads:"
            + " there is no stream order-piked, only order-created, order-accepted, order-picked,",
        "writes: [dead-letters] | writes: [order-picked] | functions.feature-store-subscriber.writes:"
            + " there is no output stream order-picked, only feature-results, dead-letters",
        "reads: [order-picked]  | reeds: [order-picked] | functions.store-preparation-time:"
            + " there is no property reeds, only reads, writes, time-windows, history, permissions,",
        "history: if-any        | history: perhaps | 'functions.recalculation.history': must be equal to"
            + " one of the allowed values",
        "bisectBatchOnFunction  | bisect | 'custom.mapping': unrecognized property 'bisectError'",
      })
  void aTypingErrorIsNamedInOneLine(String right, String wrong, String complaint)
      throws IOException {
    PackagedProject project =
        PackagedProject.copiedTo(folder).edit("serverless.yml", text -> text.replace(right, wrong));

    assertComplaint(project.run("dev"), complaint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "order-shards=many          | 'custom.event-streams.shards': must be integer",
        "parallelization-factor=11  | 'custom.mapping.parallelizationFactor': must be <= 10",
        "consumer=both              | parameter consumer must be shared or dedicated: both",
        "feature-store-writes=no    | parameter feature-store-writes must be stream or both or direct: no",
        "feature-store-format=json  | parameter feature-store-format must be freshet or feast: json",
        "feature-store-format=feast | parameter feature-store-format=feast needs feast-project",
        "snap-start=yes             | parameter snap-start must be on or off: yes",
        "data-monitors=yes          | parameter data-monitors must be on or off: yes",
        "history-table-arn=mine     | 'custom.history.table-arn': must match pattern",
      })
  void aParameterThatCannotBeIsNamed(String parameter, String complaint) {
    assertComplaint(PackagedProject.copiedTo(folder).run("dev", parameter), complaint);
  }

  private static void assertComplaint(PackagedProject.Run run, String complaint) {
    assertThat(run.exitCode()).isNotZero();
    assertThat(run.output().lines().filter(line -> line.contains(complaint))).hasSize(1);
  }

  /** The template without the time at which it was packaged. */
  private static JsonNode template(Path serverlessFolder) throws IOException {
    Path file = serverlessFolder.resolve("cloudformation-template-update-stack.json");
    String text = Files.readString(file).replaceAll("/\\d{13}-[^/\"]+Z/", "/time/");
    return new ObjectMapper().readTree(text);
  }
}
