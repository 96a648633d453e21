package dev.freshet.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.freshet.metrics.Metric;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Tests that every metric is recorded somewhere, so that no graph stays empty. */
class MetricUseTest {

  @Test
  void everyMetricIsRecordedByTheFunctions() {
    Set<String> told =
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("-tests.jar"))
                .importPackages("dev.freshet")
                .stream()
                .filter(type -> !type.isEquivalentTo(Metric.class))
                .flatMap(type -> type.getFieldAccessesFromSelf().stream())
                .filter(access -> access.getTargetOwner().isEquivalentTo(Metric.class))
                .map(access -> access.getTarget().getName())
                .collect(Collectors.toSet());

    assertThat(Arrays.stream(Metric.values()).map(Metric::name)).isSubsetOf(told);
  }
}
