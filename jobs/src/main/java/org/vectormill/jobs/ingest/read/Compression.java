package org.vectormill.jobs.ingest.read;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** How a file is compressed, by its extension. */
enum Compression {
  NONE,
  GZIP(".gz", ".tgz"),
  BZIP2(".bz2", ".tbz2"),
  ZSTD(".zst", ".zstd");

  private static final int BUFFER_BYTES = 1 << 17;

  private final String[] extensions;

  Compression(String... extensions) {
    this.extensions = extensions;
  }

  static Compression of(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    for (Compression compression : values()) {
      for (String extension : compression.extensions) {
        if (lower.endsWith(extension)) {
          return compression;
        }
      }
    }
    return NONE;
  }

  /** The name of what is inside: {@code a.txt} for {@code a.txt.gz}, {@code a.tar} for a.tgz. */
  static String strip(String path) {
    for (String extension : of(path).extensions) {
      if (path.toLowerCase(Locale.ROOT).endsWith(extension)) {
        String inside = path.substring(0, path.length() - extension.length());
        return extension.startsWith(".t") ? inside + ".tar" : inside;
      }
    }
    return path;
  }

  /** The content; concatenated members are read one after the other. */
  InputStream open(InputStream raw) throws IOException {
    InputStream in = new BufferedInputStream(raw, BUFFER_BYTES);
    return switch (this) {
      case NONE -> in;
      case GZIP -> new GzipCompressorInputStream(in, true);
      case BZIP2 -> new BZip2CompressorInputStream(in, true);
      case ZSTD -> new ZstdInputStream(in).setContinuous(false);
    };
  }
}
