package dev.freshet.replay.spark;

import dev.freshet.replay.EventJudge;
import dev.freshet.replay.ReplayReport;
import dev.freshet.replay.Step;
import dev.freshet.replay.events.EventFileReader;
import dev.freshet.replay.events.RawEvent;
import dev.freshet.replay.sort.KeyWriter;
import java.io.IOException;
import org.apache.spark.TaskContext;
import org.apache.spark.input.PortableDataStream;
import org.apache.spark.util.TaskCompletionListener;

/** The steps that a file of events makes, read as it is walked through. */
final class EventSteps extends Pulled {

  private final String file;
  private final EventFileReader events;
  private final ReplayReport report = new ReplayReport();
  private final EventJudge judge;
  private final Reports reports;
  private final KeyWriter out = new KeyWriter();

  EventSteps(String file, PortableDataStream content, Declarations declared, Reports reports)
      throws IOException {
    this.file = file;
    this.events = new EventFileReader(file, content.open());
    this.judge = new EventJudge(declared.columns(), report.events());
    this.reports = reports;
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> close());
  }

  @Override
  boolean advance() throws IOException {
    RawEvent event = events.next();
    if (event == null) {
      reports.add(new Reports.Part("events of " + file, report));
      return false;
    }
    judge.judge(event, file, step -> push(Step.write(out, step)));
    return true;
  }

  private void close() {
    try {
      events.close();
    } catch (IOException e) {
      // It was read; nothing is lost.
    }
  }
}
