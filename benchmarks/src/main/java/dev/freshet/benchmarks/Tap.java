package dev.freshet.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Stands between a client and a Redis, and writes down what the client sends. */
final class Tap implements AutoCloseable {

  private static final int CHUNK = 1 << 16;

  private final ServerSocket listener;
  private final int redisPort;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private boolean isOn;

  Tap(int redisPort) {
    this.redisPort = redisPort;
    try {
      this.listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread(this::accept);
  }

  String url() {
    return "redis://127.0.0.1:" + listener.getLocalPort();
  }

  /** From now on what is sent is written down; the client is to be idle. */
  synchronized void start() {
    written.reset();
    isOn = true;
  }

  /** What was sent since the start. */
  synchronized byte[] stop() {
    isOn = false;
    return written.toByteArray();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    try (Socket client = listener.accept();
        Socket redis = new Socket(InetAddress.getLoopbackAddress(), redisPort)) {
      client.setTcpNoDelay(true);
      redis.setTcpNoDelay(true);
      InputStream answers = redis.getInputStream();
      OutputStream toClient = client.getOutputStream();
      thread(() -> pump(answers, toClient, false));
      pump(client.getInputStream(), redis.getOutputStream(), true);
    } catch (IOException closed) {
      // either side has gone: nothing more to pass on
    }
  }

  private void pump(InputStream from, OutputStream to, boolean isRecorded) {
    byte[] chunk = new byte[CHUNK];
    try {
      for (int length = from.read(chunk); length >= 0; length = from.read(chunk)) {
        if (isRecorded) {
          record(chunk, length);
        }
        to.write(chunk, 0, length);
      }
    } catch (IOException closed) {
      // either side has gone: nothing more to pass on
    }
  }

  private synchronized void record(byte[] chunk, int length) {
    if (isOn) {
      written.write(chunk, 0, length);
    }
  }

  private static void thread(Runnable work) {
    Thread thread = new Thread(work, "tap");
    thread.setDaemon(true);
    thread.start();
  }
}
