package org.vectormill.jobs.embed;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.vectormill.udfs.ContentHash;

/**
 * Where an image is that its items table doesn't hold.
 *
 * @param source URI
 * @param size bytes when it was ingested
 * @param contentHash SHA-256 then, lower-case hex
 */
public record ItemImage(String source, long size, String contentHash) {
  /** The source's bytes; empty where they are no longer those that were ingested. */
  public Optional<byte[]> read(Configuration conf) throws IOException {
    Path path = new Path(source);
    try (InputStream in = path.getFileSystem(conf).open(path)) {
      byte[] image = in.readNBytes(Math.toIntExact(Math.min(Integer.MAX_VALUE - 8, size + 1)));
      return image.length == size && ContentHash.of(image).equals(contentHash)
          ? Optional.of(image)
          : Optional.empty();
    }
  }
}
