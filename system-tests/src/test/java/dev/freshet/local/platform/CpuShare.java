package dev.freshet.local.platform;

import dev.freshet.runtime.process.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A control group whose processes together get a share of one processor, as Lambda gives it. */
final class CpuShare implements AutoCloseable {

  private static final int PERIOD_MICROS = 100_000;

  private final Path group;

  private CpuShare(Path group) {
    this.group = group;
  }

  /** Of version 2 of control groups or, where that is not there, of version 1. */
  static CpuShare of(double processors) throws IOException {
    Path unified = Path.of("/sys/fs/cgroup");
    boolean isUnified = Files.exists(unified.resolve("cgroup.controllers"));
    Path parent = isUnified ? unified : unified.resolve("cpu");
    Path group = Files.createDirectory(parent.resolve("freshet-" + UUID.randomUUID()));
    long quota = Math.round(PERIOD_MICROS * processors);
    if (isUnified) {
      Files.writeString(group.resolve("cpu.max"), quota + " " + PERIOD_MICROS);
    } else {
      Files.writeString(group.resolve("cpu.cfs_period_us"), Integer.toString(PERIOD_MICROS));
      Files.writeString(group.resolve("cpu.cfs_quota_us"), Long.toString(quota));
    }
    return new CpuShare(group);
  }

  /** The same start, inside the group. */
  Launch around(Launch launch) {
    List<String> prefix = new ArrayList<>();
    prefix.addAll(
        List.of("sh", "-c", "echo $$ >" + group.resolve("cgroup.procs") + "; exec \"$@\"", "sh"));
    prefix.addAll(launch.prefix());
    return new Launch(prefix, launch.jvmOptions(), launch.jars(), launch.isSnapshotTaken());
  }

  @Override
  public void close() throws IOException {
    Files.delete(group);
  }
}
