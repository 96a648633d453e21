package dev.freshet.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.staticfiles.Location;
import io.javalin.http.staticfiles.StaticFileConfig;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Serves the console to browsers of this machine.
 *
 * <p>Pages are static files that ask for JSON: {@code /api/PAGE} answers once, {@code /live/PAGE}
 * each second. Ids and payloads reach the browser as JSON only, and the policy of the pages allows
 * no script and no style of another origin.
 */
public final class ConsoleServer implements AutoCloseable {

  private static final String HOST = "127.0.0.1";
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final LiveFeeds feeds;
  private final Javalin server;

  private ConsoleServer(LiveFeeds feeds, Javalin server) {
    this.feeds = feeds;
    this.server = server;
  }

  /**
   * Starts the server.
   *
   * @param port 0 for any that is free
   * @param charts the folder of the chart library
   * @param pages by the names in their addresses
   * @param commands what the console can do, likewise
   * @throws IllegalStateException if the port is in use
   */
  public static ConsoleServer start(
      int port, Path charts, Map<String, Page> pages, Map<String, Page> commands) {
    LiveFeeds feeds = new LiveFeeds(pages);
    Javalin server =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.jetty.host = HOST;
              files(config, charts);
              routes(config, feeds, pages, commands);
            });
    try {
      server.start(HOST, port);
    } catch (RuntimeException e) {
      feeds.close();
      throw new IllegalStateException(
          "port %d cannot be used: name another with --console-port".formatted(port), e);
    }
    return new ConsoleServer(feeds, server);
  }

  private static void files(JavalinConfig config, Path charts) {
    config.staticFiles.add("/dev/freshet/console/web", Location.CLASSPATH);
    config.staticFiles.add(
        (StaticFileConfig files) -> {
          files.hostedPath = "/charts";
          files.directory = charts.toString();
          files.location = Location.EXTERNAL;
        });
  }

  private static void routes(
      JavalinConfig config, LiveFeeds feeds, Map<String, Page> pages, Map<String, Page> commands) {
    config.routes.before(ConsoleServer::protect);
    config.routes.sse("/live/{page}", feeds::add);
    pages.forEach((name, page) -> config.routes.get("/api/" + name, call -> answer(call, page)));
    commands.forEach(
        (name, command) -> config.routes.post("/api/" + name, call -> answer(call, command)));
  }

  /** Refuses pages of other origins, and names for this machine that others chose. */
  private static void protect(Context call) {
    call.header("Content-Security-Policy", POLICY);
    call.header("X-Content-Type-Options", "nosniff");
    call.header("Referrer-Policy", "no-referrer");
    call.header("Cache-Control", "no-store");
    String host = String.valueOf(call.header("Host")).replaceFirst(":\\d+$", "");
    String origin = call.header("Origin");
    boolean isOwn = origin == null || origin.equals("http://" + call.header("Host"));
    if (!isOwn || !(host.equals(HOST) || host.equals("localhost"))) {
      throw new ForbiddenResponse("the console answers on " + HOST + " only");
    }
  }

  private static void answer(Context call, Page page) {
    call.contentType("application/json").result(json(page, parameters(call)));
  }

  static Map<String, String> parameters(Context call) {
    return call.queryParamMap().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().get(0)));
  }

  /** Returns the data of a page; a fault is data, too, so that the page can show it. */
  static String json(Page page, Map<String, String> parameters) {
    Map<String, Object> answer = new HashMap<>();
    try {
      answer.put("data", page.read(parameters));
    } catch (RuntimeException e) {
      answer.put("fault", e.getMessage() == null ? e.toString() : e.getMessage());
    }
    try {
      return JSON.writeValueAsString(answer);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the address for a browser. */
  public URI address() {
    return URI.create("http://%s:%d".formatted(HOST, server.port()));
  }

  @Override
  public void close() {
    feeds.close();
    server.stop();
  }
}
