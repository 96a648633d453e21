package dev.freshet.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.freshet.replay.file.OutputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Options of the files that a run writes. */
final class BenchFiles {

  /** Draws the plots of a run into a folder. */
  interface Drawing {
    void into(Path folder) throws IOException;
  }

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(names = "--json", paramLabel = "FILE", description = "writes the results as JSON")
  private Path json;

  @Option(names = "--markdown", paramLabel = "FILE", description = "writes the tables")
  private Path markdown;

  @Option(names = "--plots", paramLabel = "DIR", description = "draws the plots as SVG")
  private Path plots;

  void checkUsage() {
    if (json != null && markdown != null && json.normalize().equals(markdown.normalize())) {
      throw new ParameterException(
          spec.commandLine(), "--json and --markdown are one file, " + json + ": name two");
    }
  }

  /** Writes the files that are asked for. */
  void write(Object results, String report, Drawing drawing) throws IOException {
    if (json != null) {
      ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
      OutputFile.write(json, unfinished -> mapper.writeValue(unfinished.toFile(), results));
    }
    if (plots != null) {
      drawing.into(plots);
    }
    if (markdown != null) {
      OutputFile.write(markdown, unfinished -> Files.writeString(unfinished, report));
    }
  }
}
