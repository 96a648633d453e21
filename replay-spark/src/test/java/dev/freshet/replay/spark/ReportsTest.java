package dev.freshet.replay.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.replay.ReplayReport;
import org.junit.jupiter.api.Test;

class ReportsTest {

  @Test
  void aPartThatIsDoneAgainCountsOnce() {
    Reports driver = new Reports();
    driver.merge(task("rows of 0", 3));
    driver.merge(task("rows of 1", 4));
    driver.merge(task("rows of 0", 3));
    assertThat(driver.value().rows()).isEqualTo(7);
  }

  @Test
  void aCopyIsOnItsOwn() {
    Reports reports = task("rows of 0", 3);
    Reports copy = (Reports) reports.copy();
    copy.reset();
    assertThat(copy.isZero()).isTrue();
    assertThat(reports.value().rows()).isEqualTo(3);
  }

  private static Reports task(String part, int rows) {
    ReplayReport report = new ReplayReport();
    for (int i = 0; i < rows; i++) {
      report.row();
    }
    Reports reports = new Reports();
    reports.add(new Reports.Part(part, report));
    return reports;
  }
}
