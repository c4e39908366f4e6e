package org.vectormill.jobs.ingest.read;

import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.vectormill.schemas.RejectReason;

/** Images that a record names instead of holding them. */
final class LinkedImages {
  private static final String DATA = "data:image/";
  private static final String BASE64 = ";base64,";

  private final Configuration conf;
  private final ReadSpec spec;
  private final Intake intake;

  LinkedImages(Configuration conf, ReadSpec spec, Intake intake) {
    this.conf = conf;
    this.spec = spec;
    this.intake = intake;
  }

  /** Takes an image by its URI, its path below the record file's folder, or a base64 data URI. */
  void take(Candidate item, String link) throws IOException, RejectedException {
    if (link.isBlank()) {
      throw new RejectedException(RejectReason.MISSING_VALUE, "the image's path is empty");
    }
    if (link.startsWith(DATA)) {
      intake.image(item, decoded(link), "");
      return;
    }
    try {
      open(item, path(item.source(), link));
    } catch (StoreException e) {
      if (!e.isFinal()) {
        throw e;
      }
      intake.reject(item, null, RejectReason.UNREADABLE, "image " + link + ": " + e.getMessage());
    }
  }

  private static byte[] decoded(String link) throws RejectedException {
    int content = link.indexOf(BASE64);
    if (content < 0) {
      throw new RejectedException(RejectReason.MALFORMED_RECORD, "a data URI without base64");
    }
    try {
      return Base64.getMimeDecoder().decode(link.substring(content + BASE64.length()));
    } catch (IllegalArgumentException e) {
      throw new RejectedException(
          RejectReason.MALFORMED_RECORD, "a data URI that is not base64: " + e.getMessage());
    }
  }

  private static Path path(SourceFile records, String link) throws RejectedException {
    try {
      return new Path(new Path(records.uri()).getParent(), new Path(link));
    } catch (IllegalArgumentException e) {
      throw new RejectedException(
          RejectReason.MALFORMED_RECORD, "image path \"" + link + "\": " + e.getMessage());
    }
  }

  private void open(Candidate item, Path path) throws IOException {
    SourceFile image =
        SourceFile.of(StoreInput.status(conf, path), item.source().path(), SourceKind.IMAGE);
    Map<String, String> attributes = new TreeMap<>(item.attributes());
    attributes.put(SourceReader.LISTED_IN, item.source().uri());
    Candidate linked =
        new Candidate(item.id(), image, true, item.label(), item.split(), attributes);
    int limit = spec.limits().itemBytes();
    if (image.size() > limit) {
      intake.tooLong(linked, "the image");
      return;
    }
    byte[] bytes;
    try (InputStream in = StoreInput.open(conf, image.uri(), 0)) {
      bytes = in.readNBytes(limit);
    }
    intake.image(linked, bytes, SourceKind.extension(path.getName()));
  }
}
