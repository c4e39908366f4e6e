package org.vectormill.udfs.pool;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a server says of a file without sending it.
 *
 * @param version tells versions of the file apart: its entity tag, or size and time; null where the
 *     server says neither
 * @param sha256 what the file's content must hash to, 64 hex digits, as hubs say of large files;
 *     null where the server says nothing of the kind
 */
record Announced(String version, String sha256) {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

  /**
   * @param hops headers of each answer on the way; a hub that redirects to its store speaks of the
   *     file in its own answer, not in the store's
   */
  static Announced of(List<HttpHeaders> hops) {
    HttpHeaders headers = hops.get(hops.size() - 1);
    Optional<String> linked =
        hops.stream().flatMap(hop -> hop.firstValue("x-linked-etag").stream()).findFirst();
    String version =
        linked
            .or(() -> headers.firstValue("etag"))
            .or(() -> headers.firstValue("last-modified").map(time -> time + " " + size(headers)))
            .orElse(null);
    String digest = linked.map(tag -> tag.replace("\"", "")).orElse("");
    boolean said = SHA256.matcher(digest).matches();
    return new Announced(version, said ? digest.toLowerCase(Locale.ROOT) : null);
  }

  private static String size(HttpHeaders headers) {
    return headers.firstValue("content-length").orElse("");
  }

  /**
   * Compares what came with what was announced.
   *
   * @throws IOException for another digest, naming both
   */
  void check(URI url, Path file) throws IOException {
    if (sha256 == null) {
      return;
    }
    String came = ModelDigest.of(file.getParent(), Set.of(file.getFileName().toString()));
    if (!came.equals(sha256)) {
      throw new IOException(
          Downloads.shown(url) + " has digest " + came + ", its server announced " + sha256);
    }
  }
}
