package org.vectormill.udfs.pool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Redirects of a server with a certificate, both on this machine. */
final class TlsRedirectTest {
  private static final byte[] CONTENT = "a model".getBytes(StandardCharsets.UTF_8);
  private static final char[] PASSWORD = "password".toCharArray();

  @TempDir Path dir;

  private final List<Headers> asked = new CopyOnWriteArrayList<>();
  private HttpsServer server;
  private Downloads downloads;

  @BeforeEach
  void start() throws Exception {
    SSLContext context = selfSigned();
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext("/", this::answer);
    server.start();
    Configuration conf = new Configuration(false);
    conf.setBoolean(EncoderPool.PRIVATE_ADDRESSES, true);
    downloads =
        new Downloads(
            HttpClient.newBuilder().sslContext(context).build(),
            PublicHosts.of(conf),
            Duration.ZERO,
            Duration.ofMinutes(1));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  /** A key of this test alone, which its client trusts. */
  private SSLContext selfSigned() throws Exception {
    Path file = dir.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("keytool.log").toFile())
            .start();
    assertEquals(0, keytool.waitFor(), "keytool");
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD);
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(keys);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    return context;
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.add(exchange.getRequestHeaders());
    try (exchange) {
      switch (exchange.getRequestURI().getPath()) {
        case "/file" -> {
          exchange.sendResponseHeaders(200, CONTENT.length);
          exchange.getResponseBody().write(CONTENT);
        }
        case "/down" -> redirect(exchange, "http://127.0.0.1:" + server.getAddress().getPort());
        case "/loop" -> redirect(exchange, "/loop");
        default -> redirect(exchange, "/file");
      }
    }
  }

  private static void redirect(HttpExchange exchange, String to) throws IOException {
    exchange.getResponseHeaders().set("Location", to);
    exchange.getResponseHeaders().set("Set-Cookie", "session=secret");
    exchange.sendResponseHeaders(302, -1);
  }

  private URI url(String path) {
    return URI.create("https://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private String failure(String path) {
    return assertThrows(
            IOException.class,
            () -> downloads.file(url(path), dir.resolve("out"), new FetchLimit("m")))
        .getMessage();
  }

  @Test
  void httpsToHttpsIsFollowedWithoutCredentials() throws IOException {
    downloads.file(url("/moved"), dir.resolve("out"), new FetchLimit("m"));
    assertArrayEquals(CONTENT, Files.readAllBytes(dir.resolve("out")));
    assertEquals(2, asked.size());
    for (Headers headers : asked) {
      assertFalse(headers.containsKey("Authorization"), headers.toString());
      assertFalse(headers.containsKey("Cookie"), headers.toString());
    }
  }

  @Test
  void httpsToHttpIsRefused() {
    assertTrue(failure("/down").contains("redirects from https to http: refused"));
    assertEquals(1, asked.size());
  }

  @Test
  void redirectsWithoutEndAreRefused() {
    assertTrue(failure("/loop").contains("redirects more than 5 times"));
    assertEquals(6, asked.size());
  }
}
