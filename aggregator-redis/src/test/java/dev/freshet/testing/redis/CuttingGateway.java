package dev.freshet.testing.redis;

import java.io.IOException;
import java.util.Random;

/**
 * A gateway to a local server that ends a connection now and then, before the server has a request
 * or before its answer passes. New connections are taken.
 */
public final class CuttingGateway extends Gateway {

  private final Random random;
  private int oneOf = Integer.MAX_VALUE;
  private int cuts;

  public CuttingGateway(int serverPort, long seed) throws IOException {
    super(serverPort);
    random = new Random(seed);
    open();
  }

  /** Sets of how many pieces of data one ends its connection; none, of the largest number. */
  public synchronized void cutOneOf(int number) {
    oneOf = number;
  }

  /** Returns how many connections it has ended. */
  public synchronized int cuts() {
    return cuts;
  }

  @Override
  Valve valve() {
    return this::passes;
  }

  private synchronized boolean passes(boolean isRequest) throws IOException {
    if (oneOf == Integer.MAX_VALUE || random.nextInt(oneOf) > 0) {
      return true;
    }
    cuts++;
    throw new IOException("cut");
  }
}
