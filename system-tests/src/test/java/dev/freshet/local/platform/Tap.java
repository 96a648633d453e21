package dev.freshet.local.platform;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A proxy between a process and a server: each request and each answer passes a checkpoint before
 * it is forwarded. It parses as much of Redis and of AWS's JSON as it needs to name them.
 */
final class Tap implements AutoCloseable {

  private static final Pattern REDIS_COMMAND = Pattern.compile("^\\*\\d+\\r\\n\\$\\d+\\r\\n(\\w+)");
  private static final Pattern AWS_CALL = Pattern.compile("(?i)x-amz-target: *\\w+\\.(\\w+)");
  private static final Pattern HANDSHAKE = Pattern.compile("HELLO|CLIENT|AUTH|PING");
  private static final int CHUNK = 1 << 16;

  private final InetAddress here = InetAddress.getLoopbackAddress();
  private final ServerSocket listening = new ServerSocket(0, 50, here);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final int serverPort;
  private final Checkpoints checkpoints;

  Tap(int serverPort, Checkpoints checkpoints) throws IOException {
    this.serverPort = serverPort;
    this.checkpoints = checkpoints;
    threads.execute(this::listen);
  }

  int port() {
    return listening.getLocalPort();
  }

  private void listen() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        Conversation conversation = new Conversation(client, new Socket(here, serverPort));
        threads.execute(() -> conversation.send(true));
        threads.execute(() -> conversation.send(false));
      } catch (IOException e) {
        // closed, or the server cannot be reached: the process sees the same
      }
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    threads.shutdownNow();
  }

  /** One connection, with requests and answers in turn. */
  private final class Conversation {
    private final Socket client;
    private final Socket server;
    private boolean answering = true;
    private String request = "";

    Conversation(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void send(boolean requests) {
      byte[] chunk = new byte[CHUNK];
      try (client;
          server) {
        InputStream from = (requests ? client : server).getInputStream();
        OutputStream to = (requests ? server : client).getOutputStream();
        for (int length = from.read(chunk); length >= 0; length = from.read(chunk)) {
          if (turns(requests)) {
            pass(requests, new String(chunk, 0, length, ISO_8859_1));
          }
          to.write(chunk, 0, length);
        }
      } catch (IOException e) {
        // one side has closed, or the process was stopped here
      }
    }

    private synchronized boolean turns(boolean requests) {
      boolean turns = requests == answering;
      answering = !requests;
      return turns;
    }

    private void pass(boolean requests, String start) throws IOException {
      if (requests) {
        request = name(start);
      }
      if (!HANDSHAKE.matcher(request).matches()) {
        checkpoints.pass(request + (requests ? " not sent" : " not answered"));
      }
    }
  }

  private static String name(String request) {
    for (Pattern pattern : new Pattern[] {REDIS_COMMAND, AWS_CALL}) {
      Matcher matcher = pattern.matcher(request);
      if (matcher.find()) {
        return matcher.group(1);
      }
    }
    return "call";
  }
}
