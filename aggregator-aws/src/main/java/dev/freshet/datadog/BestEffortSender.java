package dev.freshet.datadog;

import io.micrometer.core.ipc.http.HttpSender;
import io.micrometer.core.ipc.http.HttpUrlConnectionSender;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends metrics with short timeouts. After a failure these metrics are lost, and nothing is sent
 * for a while, so that an outage of the receiver hardly slows the functions.
 */
final class BestEffortSender implements HttpSender {

  private static final Logger LOG = LoggerFactory.getLogger(BestEffortSender.class);

  private static final Duration CONNECT = Duration.ofMillis(500);
  private static final Duration READ = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofSeconds(60);
  private static final int UNAVAILABLE = 503;

  private final HttpUrlConnectionSender sender = new HttpUrlConnectionSender(CONNECT, READ);
  private final LongSupplier nanoTime;
  private volatile boolean paused;
  private volatile long pausedAtNanos;

  BestEffortSender(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  @Override
  public Response send(Request request) {
    if (paused && nanoTime.getAsLong() - pausedAtNanos < PAUSE.toNanos()) {
      return new Response(UNAVAILABLE, "paused");
    }
    try {
      Response response = sender.send(request);
      if (response.isSuccessful()) {
        paused = false;
      } else {
        pause("status " + response.code());
      }
      return response;
    } catch (IOException | RuntimeException e) {
      pause(e.getClass().getSimpleName());
      return new Response(UNAVAILABLE, "failed");
    }
  }

  /**
   * Pauses sending. Logs neither the request's URL nor the exception's message, as both may contain
   * the API key.
   */
  private void pause(String reason) {
    paused = true;
    pausedAtNanos = nanoTime.getAsLong();
    LOG.warn("metrics were not sent ({}); none for {} s", reason, PAUSE.toSeconds());
  }
}
