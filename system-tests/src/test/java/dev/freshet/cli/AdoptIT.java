package dev.freshet.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.testing.FreePort;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Follows {@code docs/adopt.md} from an empty folder, beside a copy of this project whose artifacts
 * are installed into a local repository of the test.
 */
@Tag("nightly")
@Tag("verify")
class AdoptIT {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Set<String> NOT_COPIED =
      Set.of(".git", "target", "node_modules", ".serverless", ".freshet");
  private static final Pattern FILE =
      Pattern.compile("<!-- file: (\\S+) -->\n```\\w*\n(.*?)```\n", Pattern.DOTALL);

  @TempDir private Path folder;

  private Path catalogue;

  @BeforeEach
  void followThePage() throws Exception {
    copy(ROOT, folder.resolve("freshet"));
    linkRepository();
    catalogue = Files.createDirectory(folder.resolve("payments"));
    String page = Files.readString(ROOT.resolve("docs/adopt.md"), UTF_8);
    for (MatchResult file : FILE.matcher(page).results().toList()) {
      Path path = catalogue.resolve(file.group(1));
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.group(2));
    }
    assertThat(page).contains("-pl aggregator-aws,testkit -am install");
    run(
        folder.resolve("freshet"),
        "mvn",
        "-B",
        "-ntp",
        "-q",
        "-DskipTests",
        "-DskipITs",
        "-pl",
        "aggregator-aws,testkit",
        "-am",
        "install");
  }

  @Test
  void aFolderWithACatalogueOfItsOwnServesTheFeaturesOfAForeignStream() throws Exception {
    assertThat(freshet("catalog")).contains("card_payments  of card (card.id)", "country");
    assertThat(freshet("check", "--events", "events.jsonl"))
        .contains(
            "card.authorized: 3 used, 0 skipped, 0 invalid",
            "1 UNPARSABLE_TIME, first events.jsonl line 4: meta.at is 1790000240000");
    freshet("replay", "--events", "events.jsonl", "--output", "rows.jsonl");
    assertThat(Files.readString(catalogue.resolve("rows.jsonl")))
        .contains("\"card_payments:country\":\"ES\"");
    assertThat(servedFeatures())
        .contains("\"card_payments:payments_1h\":3", "\"card_payments:country\":\"ES\"")
        .doesNotContain("store_orders");
  }

  /** The links first, as JUnit warns of each that it deletes. */
  @AfterEach
  void unlinkRepository() throws IOException {
    for (Path links : List.of(folder.resolve("repository"), folder.resolve("repository/dev"))) {
      try (Stream<Path> children = Files.list(links)) {
        for (Path child : children.filter(Files::isSymbolicLink).toList()) {
          Files.delete(child);
        }
      }
    }
  }

  private String servedFeatures() throws Exception {
    int store = FreePort.find();
    Path output = folder.resolve("local.log");
    Process local =
        start(
            catalogue,
            output,
            command(
                LocalCommand.with(
                    "--no-simulator",
                    "--events=events.jsonl",
                    "--shift-to-now",
                    "--for=10m",
                    "--feature-store-port=" + store)));
    try {
      while (local.isAlive() && !Files.readString(output, UTF_8).contains("events file: 4")) {
        local.waitFor(200, TimeUnit.MILLISECONDS);
      }
      assertThat(local.isAlive()).as(Files.readString(output, UTF_8)).isTrue();
      return freshet("get", "card", "4711", "--json", "--url", "redis://127.0.0.1:" + store);
    } finally {
      local.destroy();
      assertThat(local.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  private String freshet(String... arguments) throws Exception {
    return run(catalogue, command(arguments));
  }

  private static String[] command(String... arguments) {
    return Stream.concat(Stream.of("../freshet/freshet", "--catalogue", "."), Stream.of(arguments))
        .toArray(String[]::new);
  }

  private String run(Path where, String... command) throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "run", ".log");
    Process process = start(where, output, command);
    assertThat(process.waitFor(30, TimeUnit.MINUTES)).as(String.join(" ", command)).isTrue();
    String text = Files.readString(output, UTF_8);
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }

  private Process start(Path where, Path output, String... command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(new ArrayList<>(List.of(command)))
            .directory(where.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("MAVEN_OPTS", "-Dmaven.repo.local=" + folder.resolve("repository"));
    return builder.start();
  }

  /** A local repository with what others published, without the artifacts of this project. */
  private void linkRepository() throws IOException {
    Path known =
        Path.of(
            System.getProperty(
                "maven.repo.local", System.getProperty("user.home") + "/.m2/repository"));
    Path linked = folder.resolve("repository");
    link(known, linked, "dev");
    link(known.resolve("dev"), linked.resolve("dev"), "freshet");
  }

  private static void link(Path from, Path to, String leftOut) throws IOException {
    Files.createDirectories(to);
    if (!Files.isDirectory(from)) {
      return;
    }
    try (Stream<Path> children = Files.list(from)) {
      for (Path child : children.toList()) {
        if (!child.getFileName().toString().equals(leftOut)) {
          Files.createSymbolicLink(to.resolve(child.getFileName()), child);
        }
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes)
              throws IOException {
            if (NOT_COPIED.contains(dir.getFileName().toString())) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(to.resolve(from.relativize(dir)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (!NOT_COPIED.contains(file.getFileName().toString())) {
              Files.copy(file, to.resolve(from.relativize(file)));
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
