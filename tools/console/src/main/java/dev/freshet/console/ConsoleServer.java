package dev.freshet.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.aws.emulator.process.Ports;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.staticfiles.Location;
import io.javalin.http.staticfiles.StaticFileConfig;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Serves the console to browsers of this machine, and its documents to other programs.
 *
 * <p>Pages are static files that ask for JSON: {@code /api/PAGE} answers once, {@code /live/PAGE}
 * each second. Ids and payloads reach the browser as JSON only, and the policy of the pages allows
 * no script and no style of another origin.
 */
public final class ConsoleServer implements AutoCloseable {

  /** The port of a local platform's console. */
  public static final int PORT = 4570;

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
   * @throws IllegalStateException if the port is in use
   */
  static ConsoleServer start(int port, Path charts, Site site) {
    if (port != 0) {
      Ports.requireFree(port, "--console-port");
    }
    LiveFeeds feeds = new LiveFeeds(site.all());
    Javalin server =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.jetty.host = HOST;
              config.http.prefer405over404 = true;
              files(config, charts);
              routes(config, feeds, site);
            });
    try {
      server.start(HOST, port);
    } catch (RuntimeException e) {
      feeds.close();
      throw e;
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

  private static void routes(JavalinConfig config, LiveFeeds feeds, Site site) {
    config.routes.before(ConsoleServer::protect);
    config.routes.before("/live/{page}", feeds::admit);
    config.routes.sse("/live/{page}", feeds::add);
    site.all()
        .forEach((name, page) -> config.routes.get("/api/" + name, call -> answer(call, page)));
    site.commands()
        .forEach(
            (name, command) -> config.routes.post("/api/" + name, call -> answer(call, command)));
    site.documents()
        .forEach(
            (name, document) ->
                config.routes.get("/api/" + name, call -> send(call, text(document.get()))));
    config.routes.exception(
        HttpResponseException.class, (refusal, call) -> refuse(call, refusal.getStatus(), refusal));
    config.routes.exception(
        IllegalStateException.class, (failure, call) -> refuse(call, 503, failure));
  }

  private static void refuse(Context call, int status, Exception reason) {
    send(call.status(status), text(Map.of("error", String.valueOf(reason.getMessage()))));
  }

  private static void send(Context call, String json) {
    call.contentType("application/json").result(json);
  }

  /** Refuses pages of other origins, and names for this machine that others chose. */
  private static void protect(Context call) {
    call.header("Content-Security-Policy", POLICY);
    call.header("X-Content-Type-Options", "nosniff");
    call.header("Referrer-Policy", "no-referrer");
    call.header("Cross-Origin-Resource-Policy", "same-origin");
    call.header("Cache-Control", "no-cache");
    String host = String.valueOf(call.header("Host")).replaceFirst(":\\d+$", "");
    String origin = call.header("Origin");
    boolean isOwn = origin == null || origin.equals("http://" + call.header("Host"));
    if (!isOwn || !(host.equals(HOST) || host.equals("localhost"))) {
      throw new HttpResponseException(403, "ask as 127.0.0.1 or localhost", Map.of());
    }
  }

  private static void answer(Context call, Page page) {
    send(call, json(page, parameters(call)));
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
    } catch (NotKnownException e) {
      answer.put("notKnown", e.getMessage());
    } catch (RuntimeException e) {
      answer.put("fault", e.getMessage() == null ? e.toString() : e.getMessage());
    }
    return text(answer);
  }

  private static String text(Object json) {
    try {
      return JSON.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the address for a browser. */
  URI address() {
    return URI.create("http://%s:%d".formatted(HOST, server.port()));
  }

  @Override
  public void close() {
    feeds.close();
    server.stop();
  }
}
