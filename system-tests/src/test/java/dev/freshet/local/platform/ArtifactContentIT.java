package dev.freshet.local.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.aws.emulator.template.FunctionDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests that artifacts contain little that functions do not need; {@link ArtifactIT} shows that
 * they contain the rest.
 */
@Tag("verify")
class ArtifactContentIT {

  /** The larger has 21.7 MB; a cold start begins with loading and unpacking them. */
  private static final long LARGEST_BYTES = 22_500_000;

  /** The packages of libraries; a missing one comes with a new dependency. */
  private static final Set<String> LIBRARIES =
      Set.of(
          "ch/qos",
          "com/amazonaws",
          "com/datadoghq",
          "com/dynatrace",
          "com/google",
          "com/fasterxml",
          "io/lettuce",
          "io/micrometer",
          "io/netty",
          "org/crac",
          "org/joda",
          "org/jspecify",
          "org/reactivestreams",
          "org/slf4j",
          "reactor/adapter",
          "reactor/core",
          "reactor/util",
          "redis/clients",
          "software/amazon");

  private static final List<String> NEVER_DEPLOYED =
      List.of(
          "dev/freshet/aws/",
          "dev/freshet/local/",
          "dev/freshet/operations/",
          "dev/freshet/testdriver/",
          "dev/freshet/testing/",
          "com/fasterxml/jackson/databind/",
          "software/amazon/awssdk/http/apache",
          "software/amazon/awssdk/http/crt/",
          "software/amazon/awssdk/http/nio/",
          "META-INF/maven/",
          "META-INF/versions/");

  @ParameterizedTest
  @MethodSource("artifacts")
  void isSmall(Path artifact) throws IOException {
    assertThat(Files.size(artifact)).isLessThan(LARGEST_BYTES);
  }

  @ParameterizedTest
  @MethodSource("artifacts")
  void bringsNoLibraryThatNobodyChose(Path artifact) throws IOException {
    Set<String> packages = new TreeSet<>();
    for (String entry : entries(artifact)) {
      if (entry.endsWith(".class") && !entry.startsWith("dev/freshet/")) {
        packages.add(entry.replaceFirst("^([^/]*/[^/]*)/.*", "$1"));
      }
    }
    assertThat(packages).isSubsetOf(LIBRARIES);
  }

  @ParameterizedTest
  @MethodSource("artifacts")
  void holdsNoTestsNoLocalPlatformAndNoSecondHttpClient(Path artifact) throws IOException {
    assertThat(entries(artifact))
        .filteredOn(entry -> NEVER_DEPLOYED.stream().anyMatch(entry::startsWith))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("artifacts")
  void hasOneLoggingConfiguration(Path artifact) throws IOException {
    assertThat(entries(artifact))
        .filteredOn(entry -> entry.matches(".*logback[^/]*\\.(xml|groovy)"))
        .containsExactly("logback.xml");
  }

  static Stream<Path> artifacts() {
    return DeployedFunctions.template().functions().stream()
        .map(FunctionDefinition::artifact)
        .distinct();
  }

  private static List<String> entries(Path artifact) throws IOException {
    try (ZipFile zip = new ZipFile(artifact.toFile())) {
      return zip.stream().map(ZipEntry::getName).toList();
    }
  }
}
