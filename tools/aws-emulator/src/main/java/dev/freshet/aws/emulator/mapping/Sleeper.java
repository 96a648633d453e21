package dev.freshet.aws.emulator.mapping;

import java.time.Duration;

/** Waits; an argument, so that tests need not. */
@FunctionalInterface
interface Sleeper {

  void sleep(Duration duration) throws InterruptedException;
}
