package org.vectormill.udfs.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.encode.EncodedRows;
import org.vectormill.udfs.encode.EncoderSpec;
import org.vectormill.udfs.engine.NetworkGoldens;

/** Models from a web server, a hub, an archive and a Hadoop file system, all on this machine. */
final class RemoteModelTest {
  private static final Configuration CONF = new Configuration(false);

  static {
    CONF.setBoolean(EncoderPool.PRIVATE_ADDRESSES, true);
  }

  private static final String PREPROCESSOR = "{\"resize_width\": 4, \"resize_height\": 4}";

  @TempDir Path temporary;
  private Path cache;
  private Loopback server;
  private byte[] network;

  @BeforeEach
  void start() throws IOException {
    cache = temporary.resolve("cache/encoders");
    System.setProperty("VECTORMILL_CACHE", temporary.resolve("cache").toString());
    server = new Loopback();
    System.setProperty("VECTORMILL_HUB", server.base());
    Files.writeString(temporary.resolve("preprocessor.json"), PREPROCESSOR);
    network = Files.readAllBytes(NetworkGoldens.network("conv.onnx"));
  }

  @AfterEach
  void stop() {
    EncoderPool.closeAll();
    server.close();
    System.clearProperty("VECTORMILL_CACHE");
    System.clearProperty("VECTORMILL_HUB");
    System.clearProperty("VECTORMILL_MAX_MODEL_BYTES");
    System.clearProperty("VECTORMILL_MAX_MODEL_SECONDS");
  }

  private Requests image(String uri) {
    Requests request = Requests.of(uri);
    request.preprocessor = temporary.resolve("preprocessor.json").toString();
    return request;
  }

  private EncoderSpec resolve(Requests request) {
    return EncoderPool.resolve(request.build(), CONF);
  }

  private String failure(Fault fault, Requests request) throws IOException {
    VectormillException failure = assertThrows(VectormillException.class, () -> resolve(request));
    assertEquals(fault, failure.fault(), failure.getMessage());
    assertNothingHalfDone();
    return failure.getMessage();
  }

  private void assertNothingHalfDone() throws IOException {
    Path staging = cache.resolve("staging");
    if (Files.isDirectory(staging)) {
      try (Stream<Path> left = Files.list(staging)) {
        assertEquals(0, left.count());
      }
    }
  }

  private long gets() {
    return server.requests.stream().filter(r -> r.startsWith("GET")).count();
  }

  private static byte[] zip(Object... namesAndBytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (int i = 0; i < namesAndBytes.length; i += 2) {
        zip.putNextEntry(new ZipEntry((String) namesAndBytes[i]));
        zip.write((byte[]) namesAndBytes[i + 1]);
      }
    }
    return out.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aFileIsFetchedOnce() throws IOException {
    server.file("/net.onnx", network);
    EncoderSpec spec = resolve(image(server.base() + "/net.onnx?signature=secret"));
    assertEquals(server.base() + "/net.onnx", spec.uri());
    assertEquals(org.vectormill.udfs.ContentHash.of(network), spec.digest());
    assertEquals(spec.digest(), resolve(image(server.base() + "/net.onnx")).digest());
    long before = gets();
    resolve(image(server.base() + "/net.onnx"));
    EncoderPool.image(spec, Requests.CPU, CONF);
    assertEquals(before, gets());
    assertNothingHalfDone();
  }

  @Test
  void anArchiveWithOneFolderIsThatFolder() throws IOException {
    server.file(
        "/m.zip",
        zip(
            "m/model.onnx",
            network,
            "m/preprocessor_config.json",
            bytes(PREPROCESSOR),
            "m/x",
            network));
    EncoderSpec spec = resolve(Requests.of(server.base() + "/m.zip"));
    EncodedRows rows =
        EncoderPool.image(spec, Requests.CPU, CONF).encode(new byte[][] {photograph()});
    assertNull(rows.failures()[0]);
    Path model = cache.resolve("models").resolve(spec.digest());
    assertTrue(Files.isRegularFile(model.resolve("model.onnx")));
    assertFalse(Files.exists(model.resolve("x")), "what does not matter is left out");
  }

  private static byte[] photograph() throws IOException {
    try (InputStream in = RemoteModelTest.class.getResourceAsStream("/images/grey.png")) {
      return in.readAllBytes();
    }
  }

  @Test
  void aTarballIsUnpackedWithoutItsLinks() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
      TarArchiveEntry link = new TarArchiveEntry("tokenizer.json", TarConstants.LF_SYMLINK);
      link.setLinkName("/etc/passwd");
      tar.putArchiveEntry(link);
      tar.closeArchiveEntry();
      TarArchiveEntry file = new TarArchiveEntry("model.onnx");
      file.setSize(network.length);
      tar.putArchiveEntry(file);
      tar.write(network);
      tar.closeArchiveEntry();
    }
    server.file("/m.tar.gz", out.toByteArray());
    EncoderSpec spec = resolve(image(server.base() + "/m.tar.gz"));
    assertEquals(org.vectormill.udfs.ContentHash.of(network), spec.digest());
  }

  @Test
  void anEntryOutsideOfTheArchiveIsRefused() throws IOException {
    server.file("/m.zip", zip("model.onnx", network, "../evil.onnx", network));
    assertTrue(failure(Fault.ENCODER, image(server.base() + "/m.zip")).contains("../evil.onnx"));
    assertFalse(Files.exists(cache.resolve("staging/evil.onnx")));
  }

  @Test
  void aModelThatIsTooLargeIsRefused() throws IOException {
    System.setProperty("VECTORMILL_MAX_MODEL_BYTES", "1000");
    server.file("/net.onnx", network);
    assertTrue(
        failure(Fault.ENCODER, image(server.base() + "/net.onnx"))
            .contains("larger than 1000 bytes"));
  }

  @Test
  void aTruncatedDownloadIsRefused() throws IOException {
    server.answers.put(
        "/net.onnx",
        exchange -> {
          exchange.sendResponseHeaders(200, network.length);
          exchange.getResponseBody().write(network, 0, 100);
          exchange.getResponseBody().flush();
          throw new IOException("gone");
        });
    String message = failure(Fault.ENCODER, image(server.base() + "/net.onnx"));
    assertTrue(message.contains("/net.onnx"), message);
  }

  /** Sends a beginning and then nothing until the test ends. */
  private Loopback.Answer standstill(CountDownLatch end) {
    return exchange -> {
      if (exchange.getRequestMethod().equals("HEAD")) {
        Loopback.send(exchange, 200, network);
        return;
      }
      exchange.sendResponseHeaders(200, network.length);
      exchange.getResponseBody().write(network, 0, 100);
      exchange.getResponseBody().flush();
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  @Test
  void aDownloadThatTakesTooLongIsGivenUp() throws IOException {
    System.setProperty("VECTORMILL_MAX_MODEL_SECONDS", "1");
    CountDownLatch end = new CountDownLatch(1);
    server.answers.put("/net.onnx", standstill(end));
    try {
      String message = failure(Fault.ENCODER, image(server.base() + "/net.onnx"));
      assertTrue(message.contains("takes longer than 1 s"), message);
      assertTrue(message.contains("VECTORMILL_MAX_MODEL_SECONDS"), message);
    } finally {
      end.countDown();
    }
  }

  @Test
  void aTimeLimitThatIsNoNumberIsRefused() throws IOException {
    server.file("/net.onnx", network);
    System.setProperty("VECTORMILL_MAX_MODEL_SECONDS", "soon");
    assertTrue(failure(Fault.USAGE, image(server.base() + "/net.onnx")).contains("soon"));
  }

  @Test
  void aDownloadThatStandsStillIsGivenUp() throws IOException {
    CountDownLatch end = new CountDownLatch(1);
    server.answers.put("/net.onnx", standstill(end));
    Downloads downloads =
        new Downloads(
            HttpClient.newHttpClient(),
            PublicHosts.of(CONF),
            Duration.ZERO,
            Duration.ofMillis(500));
    Path target = temporary.resolve("net.onnx");
    try {
      IOException failure =
          assertThrows(
              IOException.class,
              () ->
                  downloads.file(
                      URI.create(server.base() + "/net.onnx"), target, new FetchLimit("m")));
      assertTrue(failure.getMessage().contains("no byte came"), failure.getMessage());
    } finally {
      end.countDown();
    }
  }

  @Test
  void aHubsFileWithAnotherDigestIsRefused() throws IOException {
    hub("main");
    String name = "/owner/model/resolve/main/onnx/model.onnx";
    Loopback.Answer redirect = server.answers.get(name);
    String announced = org.vectormill.udfs.ContentHash.of(network);
    server.answers.put(
        name,
        exchange -> {
          exchange.getResponseHeaders().set("X-Linked-ETag", '"' + announced + '"');
          redirect.to(exchange);
        });
    String message = failure(Fault.ENCODER, Requests.of("hf:owner/model"));
    assertTrue(message.contains("its server announced " + announced), message);
    server.file("/lfs/blob", network);
    assertTrue(resolve(Requests.of("hf:owner/model")).digest() != null);
  }

  @Test
  void aModelWithAnotherDigestThanItsPinIsRefused() throws IOException {
    server.file("/net.onnx", network);
    String pin = "0".repeat(64);
    String message = failure(Fault.ENCODER, image(server.base() + "/net.onnx#sha256=" + pin));
    assertTrue(message.contains(pin), message);
    assertTrue(message.contains(org.vectormill.udfs.ContentHash.of(network)), message);
  }

  @Test
  void aServerThatAsksForPatienceGetsSome() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    server.answers.put(
        "/net.onnx",
        exchange -> {
          exchange.getResponseHeaders().set("Retry-After", "0");
          boolean later = asked.getAndIncrement() < 2;
          Loopback.send(exchange, later ? 503 : 200, later ? new byte[0] : network);
        });
    assertEquals(
        org.vectormill.udfs.ContentHash.of(network),
        resolve(image(server.base() + "/net.onnx")).digest());
  }

  @Test
  void aServerThatAsksForTooMuchPatienceGetsNone() throws IOException {
    server.answers.put(
        "/net.onnx",
        exchange -> {
          exchange.getResponseHeaders().set("Retry-After", "86400");
          Loopback.send(exchange, 429, new byte[0]);
        });
    String message = failure(Fault.ENCODER, image(server.base() + "/net.onnx"));
    assertTrue(message.contains("429"), message);
  }

  @Test
  void aFolderOfAWebServerIsRefused() throws IOException {
    assertTrue(failure(Fault.USAGE, image(server.base() + "/model/")).contains("can't be listed"));
  }

  @Test
  void aPrivateAddressIsRefusedUnlessAllowed() throws IOException {
    server.file("/net.onnx", network);
    VectormillException failure =
        assertThrows(
            VectormillException.class,
            () ->
                EncoderPool.resolve(
                    image(server.base() + "/net.onnx").build(), new Configuration(false)));
    assertEquals(Fault.ENCODER, failure.fault());
    assertTrue(failure.getMessage().contains("--allow-private-addresses"), failure.getMessage());
    assertEquals(0, server.requests.size());
    assertNothingHalfDone();
  }

  @Test
  void aRedirectToAnotherSchemeIsRefused() throws IOException {
    server.answers.put(
        "/net.onnx",
        exchange -> {
          exchange.getResponseHeaders().set("Location", "file:///etc/passwd");
          Loopback.send(exchange, 302, new byte[0]);
        });
    assertTrue(failure(Fault.ENCODER, image(server.base() + "/net.onnx")).contains("refused"));
  }

  private void hub(String revision) throws IOException {
    String base = "/owner/model/resolve/" + revision + "/";
    server.file(base + "preprocessor_config.json", bytes(PREPROCESSOR));
    server.file("/lfs/blob", Files.readAllBytes(NetworkGoldens.network("external/model.onnx")));
    server.answers.put(
        base + "onnx/model.onnx",
        exchange -> {
          exchange.getResponseHeaders().set("Location", server.base() + "/lfs/blob");
          Loopback.send(exchange, 302, new byte[0]);
        });
    server.file(
        base + "onnx/model.onnx_data",
        Files.readAllBytes(NetworkGoldens.network("external/model.onnx_data")));
  }

  @Test
  void aHubsModelIsFetchedWithItsTensorData() throws IOException {
    hub("main");
    EncoderSpec spec = resolve(Requests.of("hf:owner/model"));
    EncodedRows rows =
        EncoderPool.image(spec, Requests.CPU, CONF).encode(new byte[][] {photograph()});
    assertNull(rows.failures()[0]);
    assertEquals(5, rows.dimension());
    long before = gets();
    assertEquals(spec.digest(), resolve(Requests.of("hf:owner/model")).digest());
    assertEquals(before, gets());
  }

  @Test
  void aRevisionIsAsked() throws IOException {
    hub("v1.2");
    assertEquals("hf:owner/model@v1.2", resolve(Requests.of("hf:owner/model@v1.2")).uri());
    assertTrue(failure(Fault.ENCODER, image("hf:owner/model")).contains("has none of"));
    assertTrue(failure(Fault.USAGE, image("hf:model")).contains("hf:owner/model"));
  }

  @Test
  void torchScriptFromElsewhereNeedsTrust() throws IOException {
    server.file("/net.pt", Files.readAllBytes(NetworkGoldens.network("single.pt")));
    Requests request = image(server.base() + "/net.pt");
    assertTrue(failure(Fault.USAGE, request).contains("--trust-model"));
    request.trust = true;
    assertEquals("TORCHSCRIPT", resolve(request).engine().name());
  }

  @Test
  void aHadoopFolderIsFetchedAgainWhenItChanges() throws IOException {
    Path folder = Files.createDirectory(temporary.resolve("store"));
    Files.write(folder.resolve("model.onnx"), network);
    Files.writeString(folder.resolve("preprocessor_config.json"), PREPROCESSOR);
    CONF.set("fs.viewlocal.impl", ViewLocal.class.getName());
    EncoderSpec first = resolve(Requests.of("viewlocal:" + folder));
    assertEquals(first.digest(), resolve(Requests.of("viewlocal:" + folder)).digest());
    Files.writeString(folder.resolve("preprocessor_config.json"), PREPROCESSOR + "  ");
    assertFalse(first.digest().equals(resolve(Requests.of("viewlocal:" + folder)).digest()));
    assertTrue(
        failure(Fault.ENCODER, Requests.of("viewlocal:" + folder + "/none")).contains("no such"));
  }

  /** This machine's disk under another scheme. */
  public static final class ViewLocal extends org.apache.hadoop.fs.RawLocalFileSystem {
    @Override
    public String getScheme() {
      return "viewlocal";
    }

    @Override
    public java.net.URI getUri() {
      return java.net.URI.create("viewlocal:///");
    }
  }

  @Test
  void anUnknownSchemeIsRefused() throws IOException {
    String message = failure(Fault.ENCODER, image("gopher://h/m"));
    assertTrue(message.contains("gopher"), message);
  }
}
