package dev.freshet.runtime;

import java.util.function.Consumer;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a function does before Lambda takes the snapshot that its instances start from: its first
 * invocation, so that the snapshot has the classes of one, and code that is compiled.
 *
 * <p>A rehearsal has clients of its own, closed behind it. Nothing that lives goes into a snapshot
 * therefore, no connection, secret, credential or name of an instance, and there is nothing to mend
 * in who comes out of it: the function's own clients are made at the first invocation.
 */
public final class Rehearsal implements Resource {

  private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);

  /** Methods are compiled when they have been called often. */
  private static final int TIMES = Integer.getInteger("freshet.rehearsals", 20);

  private final Consumer<Clients> firstInvocation;

  private Rehearsal(Consumer<Clients> firstInvocation) {
    this.firstInvocation = firstInvocation;
  }

  /**
   * To be asked for as the handler is made, and kept by it: who takes the snapshot does not.
   *
   * @param firstInvocation must change nothing but what is named so that nobody reads it
   */
  public static Rehearsal of(Consumer<Clients> firstInvocation) {
    Rehearsal rehearsal = new Rehearsal(firstInvocation);
    if (Settings.ofEnvironment().isSnapshotTaken()) {
      Core.getGlobalContext().register(rehearsal);
    }
    return rehearsal;
  }

  /** A function that cannot rehearse starts none the worse for it. */
  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) {
    try (Clients clients = Clients.forRehearsal(Settings.ofEnvironment())) {
      for (int time = 1; time <= TIMES; time++) {
        Invocation.run("rehearsal-" + time, () -> rehearse(clients), () -> clients);
      }
    } catch (RuntimeException e) {
      LOG.warn("starts from a snapshot will be slower: {}", e.getMessage(), e);
    }
  }

  private boolean rehearse(Clients clients) {
    firstInvocation.accept(clients);
    return true;
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    // as it says above
  }
}
