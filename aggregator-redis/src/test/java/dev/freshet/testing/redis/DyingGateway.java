package dev.freshet.testing.redis;

import java.io.IOException;

/**
 * A gateway to a local server that dies at a request: it closes all connections, before the server
 * has the request or before its answer passes.
 */
public final class DyingGateway extends Gateway {

  private final int last;
  private final boolean isAnswerLost;
  private int requests;
  private boolean isDead;

  /**
   * @param last the number of the request at which it dies, from 0
   * @param isAnswerLost whether the request reaches the server
   */
  public DyingGateway(int serverPort, int last, boolean isAnswerLost) throws IOException {
    super(serverPort);
    this.last = last;
    this.isAnswerLost = isAnswerLost;
    open();
  }

  /** Returns whether so many requests were made that it died. */
  public synchronized boolean isDead() {
    return isDead;
  }

  @Override
  Valve valve() {
    return this::passes;
  }

  private synchronized boolean passes(boolean isRequest) throws IOException {
    boolean isLast = isRequest && requests++ == last;
    boolean passes = !isDead && (!isLast || isAnswerLost);
    isDead |= isLast;
    if (!passes) {
      cut();
    }
    return passes;
  }
}
