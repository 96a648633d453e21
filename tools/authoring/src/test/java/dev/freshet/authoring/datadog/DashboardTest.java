package dev.freshet.authoring.datadog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The committed dashboard is the one that this package makes for what {@code serverless.yml}
 * deploys.
 */
class DashboardTest {

  private static final Path CURRENT = Path.of("target/datadog/dashboard.json");

  @Test
  void isThatOfTheDeployedGroups() throws IOException {
    Files.createDirectories(CURRENT.getParent());
    Files.writeString(CURRENT, Dashboard.of(DeployedGroup.of(DatadogFiles.ROOT)).json());

    assertThat(DatadogFiles.DASHBOARD)
        .as("the dashboard has changed: cp tools/authoring/target/datadog/dashboard.json datadog/")
        .hasSameTextualContentAs(CURRENT);
  }

  @Test
  void hasARowForEachFeatureGroup() throws IOException {
    List<String> rows = DatadogFiles.dashboard().path("widgets").findValuesAsText("title");

    assertThat(DeployedGroup.of(DatadogFiles.ROOT))
        .hasSizeGreaterThanOrEqualTo(7)
        .allSatisfy(deployed -> assertThat(rows).contains(deployed.group().name()));
  }
}
