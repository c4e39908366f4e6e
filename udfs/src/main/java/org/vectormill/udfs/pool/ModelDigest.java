package org.vectormill.udfs.pool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import org.vectormill.udfs.ContentHash;

/**
 * A model's digest. Of a single file it is what {@code sha256sum} prints; of several, the SHA-256
 * of what {@code sha256sum} prints for them, sorted by name in byte order: a line of digest, two
 * spaces, relative name and newline for each.
 */
final class ModelDigest {
  private static final int BUFFER = 1 << 20;

  static String of(Path folder, Set<String> files) throws IOException {
    if (files.size() == 1) {
      return sha256(folder.resolve(files.iterator().next()));
    }
    StringBuilder lines = new StringBuilder();
    for (String name : new TreeSet<>(files)) {
      lines.append(sha256(folder.resolve(name))).append("  ").append(name).append('\n');
    }
    return ContentHash.of(lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String sha256(Path file) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private ModelDigest() {}
}
