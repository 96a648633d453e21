package dev.freshet.replay.spark;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapred.FileInputFormat;
import org.apache.hadoop.mapred.JobConf;

/** The files and folders that a job reads. */
final class Inputs {

  private final List<Path> found = new ArrayList<>();
  private final Configuration configuration;

  /**
   * @param paths paths as Spark takes them: files, folders or patterns, with commas between several
   */
  Inputs(List<String> paths, Configuration configuration) throws IOException {
    this.configuration = configuration;
    JobConf job = new JobConf(configuration);
    FileInputFormat.setInputPaths(job, String.join(",", paths));
    for (Path pattern : FileInputFormat.getInputPaths(job)) {
      FileStatus[] matches = pattern.getFileSystem(configuration).globStatus(pattern);
      for (FileStatus each : matches == null ? new FileStatus[0] : matches) {
        found.add(real(each.getPath()));
      }
    }
  }

  /** Returns an input that is, holds, or lies in the output folder, under any name or link. */
  Optional<Path> overlapping(String output) throws IOException {
    Path real = real(new Path(output));
    return found.stream().filter(each -> isIn(real, each) || isIn(each, real)).findFirst();
  }

  private static boolean isIn(Path inner, Path outer) {
    Path path = inner;
    while (path != null && !path.equals(outer)) {
      path = path.getParent();
    }
    return path != null;
  }

  private Path real(Path path) throws IOException {
    FileSystem files = path.getFileSystem(configuration);
    Path whole = files.makeQualified(path);
    return whole.toUri().getScheme().equals("file")
        ? files.makeQualified(new Path(new File(whole.toUri().getPath()).getCanonicalPath()))
        : whole;
  }
}
