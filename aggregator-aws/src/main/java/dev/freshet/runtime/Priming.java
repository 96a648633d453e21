package dev.freshet.runtime;

import java.util.function.Consumer;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a function's code before Lambda takes the snapshot that its instances start from, so that
 * the snapshot holds loaded classes and compiled code.
 *
 * <p>Priming uses its own clients and closes them. So the snapshot contains no connection, secret,
 * credential or instance name, and nothing needs repair after a restore: the function creates its
 * own clients at its first invocation.
 */
public final class Priming implements Resource {

  private static final Logger LOG = LoggerFactory.getLogger(Priming.class);

  /** The number of runs; the JVM compiles only methods that are called often. */
  private static final int TIMES = Integer.getInteger("freshet.primings", 20);

  private final Consumer<Clients> firstInvocation;

  private Priming(Consumer<Clients> firstInvocation) {
    this.firstInvocation = firstInvocation;
  }

  /**
   * Registers the priming of a handler, if Lambda takes a snapshot of this process. The handler
   * must keep the returned object, as the context of snapshots holds only a weak reference.
   *
   * @param firstInvocation the code to run; it must write only under names that nobody reads
   */
  public static Priming of(Consumer<Clients> firstInvocation) {
    Priming priming = new Priming(firstInvocation);
    if (Settings.ofEnvironment().isSnapshotTaken()) {
      Core.getGlobalContext().register(priming);
    }
    return priming;
  }

  /** Primes the function. A failure is only logged: the function then starts without priming. */
  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) {
    try (Clients clients = Clients.forPriming(Settings.ofEnvironment())) {
      for (int time = 1; time <= TIMES; time++) {
        Invocation.run("priming-" + time, () -> prime(clients), () -> clients);
      }
    } catch (RuntimeException e) {
      LOG.warn("starts from a snapshot will be slower: {}", e.getMessage(), e);
    }
  }

  private boolean prime(Clients clients) {
    firstInvocation.accept(clients);
    return true;
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    // nothing to repair, see above
  }
}
