package dev.freshet.local.platform;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.aws.emulator.process.ChildProcess;
import dev.freshet.local.process.RedisStore;
import dev.freshet.redis.Redis;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * An installed {@code redis-server} that accepts only TLS and requires a password. While it runs,
 * this JVM trusts its certificate.
 */
final class SecuredRedis implements RedisStore {

  private static final String PASSWORD = "correct-horse";
  private static final String STORE_PASSWORD = "changeit";
  private static final String TRUST_STORE = "javax.net.ssl.trustStore";

  private final int port;
  private final ChildProcess process;

  /** Starts it with a new certificate. */
  SecuredRedis(Path folder) throws IOException, GeneralSecurityException, InterruptedException {
    Path keys = Files.createDirectories(folder).resolve("keys.p12");
    run(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair -alias redis -keyalg RSA -keysize 2048 -validity 2 -dname CN=redis"
            + " -ext SAN=ip:127.0.0.1 -storetype PKCS12 -storepass "
            + STORE_PASSWORD,
        keys);
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, STORE_PASSWORD.toCharArray());
    }
    Path certificate = folder.resolve("certificate.pem");
    Path key = folder.resolve("key.pem");
    pem(certificate, "CERTIFICATE", store.getCertificate("redis").getEncoded());
    pem(key, "PRIVATE KEY", store.getKey("redis", STORE_PASSWORD.toCharArray()).getEncoded());
    System.setProperty(TRUST_STORE, keys.toString());
    System.setProperty(TRUST_STORE + "Password", STORE_PASSWORD);
    port = TestPlatform.freePort();
    process = start(folder, certificate, key);
    awaitReady();
  }

  /** Returns whether the installed server supports TLS; Debian's does. */
  static boolean isInstalled() {
    try {
      Process version =
          new ProcessBuilder("redis-server", "--tls-port", "0", "--port", "x")
              .redirectErrorStream(true)
              .start();
      String answer = new String(version.getInputStream().readAllBytes(), UTF_8);
      return !answer.contains("'tls-port \"0\"'");
    } catch (IOException e) {
      return false;
    }
  }

  private ChildProcess start(Path folder, Path certificate, Path key) throws IOException {
    String settings =
        """
        bind 127.0.0.1
        port 0
        tls-port %d
        tls-cert-file %s
        tls-key-file %s
        tls-ca-cert-file %s
        tls-auth-clients no
        requirepass %s
        save ""
        dir %s
        """
            .formatted(port, certificate, key, certificate, PASSWORD, folder);
    Path file = Files.writeString(folder.resolve("redis.conf"), settings);
    return ChildProcess.start(
        "redis", List.of("redis-server", file.toString()), folder, folder.resolve("log"));
  }

  private void awaitReady() {
    try (Redis redis = Redis.at(url(), Duration.ofSeconds(30))) {
      for (int attempt = 1; ; attempt++) {
        try {
          assertThat(redis.<String>ask(commands -> commands.ping())).isEqualTo("PONG");
          return;
        } catch (RuntimeException e) {
          if (attempt == 600) {
            close();
            throw e;
          }
          LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
      }
    }
  }

  @Override
  public String url() {
    return "rediss://:" + PASSWORD + "@127.0.0.1:" + port;
  }

  @Override
  public void clear() {
    try (Redis redis = Redis.at(url(), Duration.ofSeconds(30))) {
      assertThat(redis.<String>ask(commands -> commands.flushall())).isEqualTo("OK");
    }
  }

  @Override
  public void close() {
    process.stop();
    System.clearProperty(TRUST_STORE);
    System.clearProperty(TRUST_STORE + "Password");
  }

  private static void pem(Path file, String what, byte[] der) throws IOException {
    String body = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(der);
    Files.writeString(
        file, "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(what, body));
  }

  private static void run(String program, String options, Path keys)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(options.split(" ")));
    command.addAll(List.of("-keystore", keys.toString()));
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0).isTrue();
  }
}
