package org.vectormill.udfs.pool;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Downloads over HTTP with bounds on everything: time, size, redirects, repetitions. No credentials
 * are sent, not even to a host that asks; https leads to https only; what is logged has no query.
 *
 * @param hosts which may be asked
 * @param patience longest time that is waited in all for a server that asks to come back later
 * @param stall longest time without a byte of a file that is under way
 */
record Downloads(HttpClient client, PublicHosts hosts, Duration patience, Duration stall) {
  private static final Logger LOG = LoggerFactory.getLogger(Downloads.class);
  private static final Duration CONNECT = Duration.ofSeconds(20);
  private static final Duration RESPONSE = Duration.ofSeconds(60);
  private static final Duration DEFAULT_WAIT = Duration.ofSeconds(2);
  private static final int MOST_REDIRECTS = 5;
  private static final int MOST_TRIES = 6;

  static Downloads of(Configuration conf) {
    return new Downloads(
        HttpClient.newBuilder().connectTimeout(CONNECT).followRedirects(Redirect.NEVER).build(),
        PublicHosts.of(conf),
        Duration.ofMinutes(2),
        RESPONSE);
  }

  /**
   * Writes what a URL gives into a new file.
   *
   * @throws FileNotFoundException where the server knows no such file
   */
  void file(URI url, Path target, FetchLimit limit) throws IOException {
    HttpResponse<InputStream> response = get(url, "GET", BodyHandlers.ofInputStream(), hop -> {});
    long expected = response.headers().firstValueAsLong("content-length").orElse(-1);
    try (InputStream in = response.body()) {
      new TimedCopy(in, target, limit, stall).run(expected);
    } catch (IOException e) {
      throw new IOException(shown(url) + ": " + e.getMessage(), e);
    }
  }

  /**
   * What the server says of a file without sending it.
   *
   * @throws FileNotFoundException as {@link #file}
   */
  Announced announced(URI url) throws IOException {
    List<HttpHeaders> hops = new ArrayList<>();
    get(url, "HEAD", BodyHandlers.discarding(), hops::add);
    return Announced.of(hops);
  }

  private <T> HttpResponse<T> get(
      URI url, String method, BodyHandler<T> body, Consumer<HttpHeaders> hops) throws IOException {
    URI at = url;
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      HttpResponse<T> response = patiently(at, method, body);
      int status = response.statusCode();
      hops.accept(response.headers());
      if (status == 200) {
        return response;
      }
      drop(response);
      String location = response.headers().firstValue("location").orElse(null);
      if (status < 301 || status > 308 || location == null) {
        throw refused(url, status);
      }
      at = redirect(at, location);
    }
    throw new IOException(shown(url) + " redirects more than " + MOST_REDIRECTS + " times");
  }

  /** Gives up an answer's body, and with it its connection. */
  private static void drop(HttpResponse<?> response) throws IOException {
    if (response.body() instanceof InputStream body) {
      body.close();
    }
  }

  private static IOException refused(URI url, int status) {
    return status == 404 || status == 410
        ? new FileNotFoundException(shown(url) + " does not exist (HTTP status " + status + ")")
        : new IOException(shown(url) + " answers with HTTP status " + status);
  }

  private static URI redirect(URI from, String location) throws IOException {
    URI to = from.resolve(location.replace(" ", "%20"));
    boolean web = "https".equals(to.getScheme()) || "http".equals(to.getScheme());
    if (!web || "https".equals(from.getScheme()) && !"https".equals(to.getScheme())) {
      throw new IOException(
          shown(from) + " redirects from https to " + to.getScheme() + ": refused");
    }
    return to;
  }

  /** Repeats what the server puts off, for as long as it says and patience lasts. */
  private <T> HttpResponse<T> patiently(URI url, String method, BodyHandler<T> body)
      throws IOException {
    Duration left = patience;
    for (int tries = 1; ; tries++) {
      HttpResponse<T> response = once(url, method, body);
      int status = response.statusCode();
      Duration wait = retryAfter(response.headers());
      boolean later = status == 429 || status == 503;
      if (!later || tries == MOST_TRIES || wait.compareTo(left) > 0) {
        return response;
      }
      drop(response);
      LOG.info("{} answers with {}, trying again in {} s", shown(url), status, wait.toSeconds());
      pause(wait);
      left = left.minus(wait);
    }
  }

  private static Duration retryAfter(HttpHeaders headers) {
    String seconds = headers.firstValue("retry-after").orElse("");
    return seconds.matches("[0-9]{1,6}")
        ? Duration.ofSeconds(Long.parseLong(seconds))
        : DEFAULT_WAIT;
  }

  private static void pause(Duration wait) throws IOException {
    long end = System.nanoTime() + wait.toNanos();
    for (long left = wait.toNanos(); left > 0; left = end - System.nanoTime()) {
      if (Thread.interrupted()) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while waiting for a server");
      }
      LockSupport.parkNanos(Math.min(left, TimeUnit.SECONDS.toNanos(1)));
    }
  }

  private <T> HttpResponse<T> once(URI url, String method, BodyHandler<T> body) throws IOException {
    hosts.check(url);
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .header("user-agent", "vectormill")
            .timeout(RESPONSE)
            .build();
    try {
      return client.send(request, body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while downloading " + shown(url), e);
    } catch (IOException e) {
      throw new IOException(shown(url) + ": " + describe(e), e);
    }
  }

  private static String describe(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  static String shown(URI url) {
    return url.getScheme() + "://" + url.getHost() + port(url) + url.getPath();
  }

  private static String port(URI url) {
    return url.getPort() < 0 ? "" : ":" + url.getPort();
  }
}
