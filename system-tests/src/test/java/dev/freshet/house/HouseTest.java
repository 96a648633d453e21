package dev.freshet.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameStartingWith;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Checks which modules each module may use. */
class HouseTest {

  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("aggregator-core", Set.of()),
          Map.entry("testkit", Set.of("aggregator-core")),
          Map.entry("replay", Set.of("aggregator-core")),
          Map.entry("aggregator-redis", Set.of("aggregator-core")),
          Map.entry("aggregator-dynamodb", Set.of("aggregator-core")),
          Map.entry("stepfunctions", Set.of("aggregator-core", "aggregator-redis")),
          Map.entry("feature-store-client", Set.of("aggregator-core", "aggregator-redis")),
          Map.entry(
              "aggregator-aws",
              Set.of(
                  "aggregator-core",
                  "aggregator-redis",
                  "aggregator-dynamodb",
                  "feature-store-client",
                  "stepfunctions")),
          Map.entry(
              "feature-store-subscriber",
              Set.of(
                  "aggregator-core", "aggregator-redis", "aggregator-aws", "feature-store-client")),
          Map.entry("lambdas", Set.of("aggregator-core", "aggregator-aws")),
          Map.entry("kinesis-reader", Set.of()),
          Map.entry("aws-emulator", Set.of("kinesis-reader")),
          Map.entry(
              "quality",
              Set.of(
                  "aggregator-core",
                  "aggregator-redis",
                  "aggregator-aws",
                  "feature-store-client",
                  "kinesis-reader",
                  "replay")),
          Map.entry(
              "operations",
              Set.of(
                  "aggregator-core",
                  "aggregator-redis",
                  "aggregator-dynamodb",
                  "aggregator-aws",
                  "feature-store-client",
                  "kinesis-reader",
                  "quality",
                  "replay")),
          Map.entry("simulated-city", Set.of("operations")),
          Map.entry(
              "local",
              Set.of(
                  "aggregator-core",
                  "aggregator-redis",
                  "aggregator-dynamodb",
                  "aggregator-aws",
                  "aws-emulator",
                  "operations",
                  "simulated-city")),
          Map.entry("authoring", Set.of("aggregator-core", "aggregator-aws", "testkit")),
          Map.entry(
              "cli",
              Set.of(
                  "aggregator-core",
                  "aggregator-redis",
                  "aggregator-dynamodb",
                  "aggregator-aws",
                  "feature-store-client",
                  "replay",
                  "quality",
                  "aws-emulator",
                  "operations",
                  "simulated-city",
                  "local",
                  "console",
                  "authoring")),
          Map.entry(
              "console",
              Set.of(
                  "aggregator-core",
                  "aggregator-redis",
                  "aggregator-aws",
                  "feature-store-client",
                  "kinesis-reader",
                  "replay",
                  "quality",
                  "aws-emulator",
                  "operations",
                  "local",
                  "authoring")));

  private static final String[] KINDS_OF_STATE = {
    "dev.freshet.events", "dev.freshet.history", "dev.freshet.lifecycle"
  };

  private static final String[] SERVICES = {
    "io.lettuce..", "software.amazon..", "com.amazonaws..", "io.micrometer..", "ch.qos.logback.."
  };

  @Test
  void eachModuleUsesOnlyWhatItMay() {
    List<String> strangers = new ArrayList<>();
    for (JavaClass type : Modules.CLASSES) {
      String module = Modules.of(type);
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass();
        if (Modules.isOurs(target)
            && !Modules.of(target).equals(module)
            && !MAY_USE.get(module).contains(Modules.of(target))) {
          strangers.add(module + " uses " + Modules.of(target) + ": " + dependency);
        }
      }
    }

    assertThat(strangers).isEmpty();
    assertThat(Modules.modules()).isEqualTo(MAY_USE.keySet());
  }

  @Test
  void onlyToolsUseToolsSoNoneIsDeployed() throws IOException {
    Set<String> tools = Sources.tools();
    assertThat(tools).contains("aws-emulator", "operations");
    MAY_USE.forEach(
        (module, used) -> {
          if (!tools.contains(module)) {
            assertThat(used).as(module).doesNotContainAnyElementsOf(tools);
          }
        });
  }

  @Test
  void eachPackageIsInOneModule() {
    assertThat(Modules.byPackage()).allSatisfy((name, modules) -> assertThat(modules).hasSize(1));
  }

  @Test
  void noTwoClassesOfMainShareAName() throws IOException {
    Map<String, List<Path>> byName =
        Sources.ofMain(Set.of()).stream()
            .filter(
                file -> file.toString().endsWith(".java") && !file.endsWith("package-info.java"))
            .collect(Collectors.groupingBy(file -> file.getFileName().toString()));

    assertThat(byName).hasSizeGreaterThan(100);
    assertThat(byName).allSatisfy((name, files) -> assertThat(files).hasSize(1));
  }

  @Test
  void onlySomeModulesUseServices() {
    noClasses()
        .that(areIn(Set.of("aggregator-core", "testkit", "replay")))
        .should()
        .dependOnClassesThat(resideInAnyPackage(SERVICES))
        .check(Modules.CLASSES);
    noClasses()
        .that(areIn(Set.of("aggregator-redis", "feature-store-client")))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "software.amazon..", "com.amazonaws..", "io.micrometer..", "ch.qos.logback.."))
        .check(Modules.CLASSES);
    noClasses()
        .that(areIn(Set.of("lambdas")))
        .should()
        .dependOnClassesThat(resideInAnyPackage("io.lettuce..", "software.amazon.."))
        .check(Modules.CLASSES);
  }

  @Test
  void inDeployedModulesOnlyTheWiringReadsTheClock() {
    noClasses()
        .that(
            areIn(
                Set.of(
                    "aggregator-redis",
                    "stepfunctions",
                    "aggregator-aws",
                    "feature-store-client",
                    "quality")))
        .and()
        .resideOutsideOfPackage("dev.freshet.runtime..")
        .should()
        .callMethodWhere(readsTheClock())
        .orShould()
        .callConstructor(Date.class)
        .check(Modules.CLASSES);
  }

  @Test
  void packagesOfDeployedModulesHaveNoCycles() {
    SlicesRuleDefinition.slices()
        .matching("dev.freshet.(*)..")
        .should()
        .beFreeOfCycles()
        .check(Modules.CLASSES.that(areIn(Set.of("aggregator-core", "aggregator-redis"))));
  }

  /** So a new kind is a package, and a word of the language of declarations. */
  @Test
  void onlyDeclarationsNameTheKindsOfState() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.freshet.definition")
        .and()
        .resideOutsideOfPackages(KINDS_OF_STATE)
        .should()
        .dependOnClassesThat(resideInAnyPackage(KINDS_OF_STATE))
        .check(Modules.CLASSES);
  }

  private static DescribedPredicate<JavaClass> areIn(Set<String> modules) {
    return describe("are in " + modules, type -> modules.contains(Modules.of(type)));
  }

  private static DescribedPredicate<JavaCall<?>> readsTheClock() {
    return target(owner(type(Clock.class)))
        .and(target(nameStartingWith("system").or(nameStartingWith("tick"))))
        .or(target(owner(type(Instant.class))).and(target(name("now"))))
        .or(target(owner(type(System.class))).and(target(name("currentTimeMillis"))))
        .as("the clock is read");
  }
}
