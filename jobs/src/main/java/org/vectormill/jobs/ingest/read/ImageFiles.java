package org.vectormill.jobs.ingest.read;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.vectormill.schemas.RejectReason;
import org.vectormill.udfs.image.ImageRejectedException;
import org.vectormill.udfs.image.Images;

/** Reads files that are one image each. */
final class ImageFiles {
  private static final int HEAD_BYTES = 64;

  private final ReadSpec spec;
  private final Intake intake;
  private final ItemOutput out;

  ImageFiles(ReadSpec spec, Intake intake, ItemOutput out) {
    this.spec = spec;
    this.intake = intake;
    this.out = out;
  }

  void read(SourceFile file, InputStream in) throws IOException {
    String label = spec.labelFromFolder() ? SourceFile.folderOf(file.path()) : null;
    Candidate item = new Candidate(file.path(), file, true, label, null, Map.of());
    byte[] head = in.readNBytes(HEAD_BYTES);
    if (file.kind() == SourceKind.UNKNOWN && !isImage(head)) {
      out.count(IngestFact.UNKNOWN_FILES, 1);
      return;
    }
    if (file.size() > spec.limits().itemBytes()) {
      intake.tooLong(item, "the file");
      return;
    }
    byte[] rest = in.readNBytes(Math.max(0, spec.limits().itemBytes() - head.length));
    intake.image(item, joined(head, rest), SourceKind.extension(file.path()));
  }

  private static boolean isImage(byte[] head) {
    try {
      Images.header(head);
      return true;
    } catch (ImageRejectedException e) {
      // Whatever is wrong with a known format's header is for the whole file to say.
      return e.reason() != RejectReason.NOT_AN_IMAGE && e.reason() != RejectReason.EMPTY;
    }
  }

  private static byte[] joined(byte[] head, byte[] rest) {
    byte[] whole = java.util.Arrays.copyOf(head, head.length + rest.length);
    System.arraycopy(rest, 0, whole, head.length, rest.length);
    return whole;
  }
}
