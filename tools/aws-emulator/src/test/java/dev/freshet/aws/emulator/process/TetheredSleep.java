package dev.freshet.aws.emulator.process;

import java.nio.file.Path;
import java.util.List;

/** A program that starts a child process, prints its own id and the child's, and waits. */
final class TetheredSleep {

  private TetheredSleep() {}

  public static void main(String[] arguments) throws InterruptedException {
    Path folder = Path.of(arguments[0]);
    try (ChildProcess child =
        ChildProcess.start("sleep", List.of("sleep", "300"), folder, folder.resolve("log"))) {
      System.out.println(ProcessHandle.current().pid());
      System.out.println(child.pid());
      Thread.currentThread().join();
    }
  }
}
