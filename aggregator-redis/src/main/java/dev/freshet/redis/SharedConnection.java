package dev.freshet.redis;

import dev.freshet.redis.Connector.Connection;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection for several threads: opened on first use, and anew on the next use after it was
 * abandoned.
 */
final class SharedConnection implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SharedConnection.class);

  private final Connector connector;
  private final boolean flushes;

  /** No monitor: a virtual thread that connects within one would hold its carrier. */
  private final ReentrantLock lock = new ReentrantLock();

  private volatile Connection connection;

  /**
   * @param flushes see {@link Connector#connect}
   */
  SharedConnection(Connector connector, boolean flushes) {
    this.connector = connector;
    this.flushes = flushes;
  }

  boolean isCluster() {
    return connector.isCluster();
  }

  /** Returns the connection; takes no lock if it is open. */
  Connection open() {
    Connection open = connection;
    if (open != null) {
      return open;
    }
    lock.lock();
    try {
      if (connection == null) {
        LOG.debug("connecting to {}", this);
        connection = connector.connect(flushes);
      }
      return connection;
    } finally {
      lock.unlock();
    }
  }

  /** Issues commands without those of other threads in between, then flushes them. */
  <T> T issue(Function<Connection, T> commands) {
    lock.lock();
    try {
      Connection open = open();
      try {
        return commands.apply(open);
      } finally {
        open.flush();
      }
    } finally {
      lock.unlock();
    }
  }

  void flush() {
    locked(
        () -> {
          if (connection != null) {
            connection.flush();
          }
        });
  }

  /** Closes the connection, whichever it is; the next use opens another. */
  void abandon() {
    abandon(connection);
  }

  /** Closes a connection unless another has replaced it; the next use opens another. */
  @SuppressWarnings("ReferenceEquality") // another thread may have opened a new connection
  void abandon(Connection used) {
    locked(
        () -> {
          if (connection != null && connection == used) {
            LOG.debug("no answer in time from {}: the next use connects anew", this);
            connection = null;
            used.closeAsync();
          }
        });
  }

  void askForTopology() {
    locked(connector::askForTopology);
  }

  @Override
  public void close() {
    locked(
        () -> {
          if (connection != null) {
            connection.close();
          }
          connector.close();
        });
  }

  private void locked(Runnable step) {
    lock.lock();
    try {
      step.run();
    } finally {
      lock.unlock();
    }
  }

  /** Returns the nodes, without credentials. */
  @Override
  public String toString() {
    return connector.toString();
  }
}
