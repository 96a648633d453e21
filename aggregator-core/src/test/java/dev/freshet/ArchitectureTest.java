package dev.freshet;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameStartingWith;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.Test;

/** Checks which parts of the core may use each other. */
class ArchitectureTest {

  private static final String[] PURE = {
    "dev.freshet.definition..",
    "dev.freshet.aggregation..",
    "dev.freshet.input..",
    "dev.freshet.format..",
    "dev.freshet.events..",
    "dev.freshet.history..",
    "dev.freshet.lifecycle..",
    "dev.freshet.event.."
  };

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.freshet");

  @Test
  void theCoreUsesNoRedisNoAwsNoDatadogAndNoLogBackend() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.lettuce..",
            "software.amazon..",
            "com.amazonaws..",
            "io.micrometer..",
            "ch.qos.logback..")
        .check(CLASSES);
  }

  @Test
  void thePurePartUsesNoStateNoEngineAndNoLog() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.slf4j..", "dev.freshet.state..", "dev.freshet.engine..")
        .check(CLASSES);
  }

  @Test
  void thePurePartUsesNoClockAndNoRandomness() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .dependOnClassesThat(
            type(Clock.class).or(type(java.util.Random.class)).or(type(Thread.class)))
        .check(CLASSES);
  }

  @Test
  void nothingReadsTheClock() {
    noClasses()
        .should()
        .callMethodWhere(readsTheClock())
        .orShould()
        .callConstructor(Date.class)
        .check(CLASSES);
  }

  private static DescribedPredicate<JavaCall<?>> readsTheClock() {
    return target(owner(type(Clock.class)))
        .and(target(nameStartingWith("system").or(nameStartingWith("tick"))))
        .or(target(owner(type(Instant.class))).and(target(name("now"))))
        .or(target(owner(type(System.class))).and(target(name("currentTimeMillis"))))
        .as("the clock is read");
  }

  @Test
  void aggregationsDependOnNothingElse() {
    noClasses()
        .that()
        .resideInAPackage("dev.freshet.aggregation..")
        .should()
        .dependOnClassesThat(
            com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage("dev.freshet..")
                .and(
                    com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage(
                        "dev.freshet.aggregation..")))
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.freshet.(*)..").should().beFreeOfCycles().check(CLASSES);
  }
}
