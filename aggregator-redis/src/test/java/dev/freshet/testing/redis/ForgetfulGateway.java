package dev.freshet.testing.redis;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A gateway to a local server that can drop its connections like one with an idle timeout: they
 * stay open but transfer nothing. New connections work.
 */
public final class ForgetfulGateway extends Gateway {

  private final AtomicInteger forgotten = new AtomicInteger();

  public ForgetfulGateway(int serverPort) throws IOException {
    super(serverPort);
    open();
  }

  /** Drops all data of existing connections from now on. */
  public void forget() {
    forgotten.incrementAndGet();
  }

  @Override
  Valve valve() {
    int born = forgotten.get();
    return isRequest -> born == forgotten.get();
  }
}
