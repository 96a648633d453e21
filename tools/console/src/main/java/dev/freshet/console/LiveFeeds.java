package dev.freshet.console;

import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import io.javalin.http.ServiceUnavailableResponse;
import io.javalin.http.sse.SseClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Sends the data of open pages each second; pages with the same parameters are read once. */
final class LiveFeeds implements AutoCloseable {

  /** Bounds the work of forgotten tabs. */
  private static final int MOST = 32;

  private final Map<String, Page> pages;
  private final List<Feed> feeds = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "console feeds");
            thread.setDaemon(true);
            return thread;
          });

  /** An open page. */
  private record Feed(SseClient client, Topic topic) {}

  private record Topic(String page, Map<String, String> parameters) {}

  LiveFeeds(Map<String, Page> pages) {
    this.pages = Map.copyOf(pages);
    var unused = clock.scheduleWithFixedDelay(this::send, 1, 1, TimeUnit.SECONDS);
  }

  /** Refuses pages that do not exist, and more than can be kept up to date. */
  void admit(Context call) {
    String page = call.pathParam("page");
    if (!pages.containsKey(page)) {
      throw new NotFoundResponse("there is no page " + page);
    }
    if (feeds.size() >= MOST) {
      throw new ServiceUnavailableResponse("%d pages are open: close some".formatted(MOST));
    }
  }

  void add(SseClient client) {
    Topic topic = new Topic(client.ctx().pathParam("page"), ConsoleServer.parameters(client.ctx()));
    Feed feed = new Feed(client, topic);
    client.keepAlive();
    client.onClose(() -> feeds.remove(feed));
    client.sendEvent("data", read(topic));
    feeds.add(feed);
  }

  private void send() {
    Map<Topic, String> read = new HashMap<>();
    for (Feed feed : feeds) {
      try {
        feed.client().sendEvent("data", read.computeIfAbsent(feed.topic(), this::read));
      } catch (RuntimeException e) {
        feed.client().close(); // the browser connects again
      }
    }
    feeds.removeIf(feed -> feed.client().terminated());
  }

  private String read(Topic topic) {
    return ConsoleServer.json(pages.get(topic.page()), topic.parameters());
  }

  @Override
  public void close() {
    clock.shutdownNow();
    feeds.forEach(each -> each.client().close());
  }
}
