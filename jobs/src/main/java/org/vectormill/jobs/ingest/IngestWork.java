package org.vectormill.jobs.ingest;

import org.vectormill.jobs.ingest.read.Piece;
import org.vectormill.jobs.ingest.read.ReadSpec;
import org.vectormill.jobs.ingest.read.SourceReader;
import org.vectormill.jobs.wave.UnitSink;
import org.vectormill.jobs.wave.UnitWork;

/** Reads the pieces of a unit. */
record IngestWork(ReadSpec spec) implements UnitWork<IngestUnit> {
  @Override
  public void run(IngestUnit unit, UnitSink sink) {
    SinkOutput out = new SinkOutput(sink);
    SourceReader reader = new SourceReader(sink.conf(), spec, out);
    for (Piece piece : unit.pieces()) {
      reader.read(piece);
    }
    out.finish();
  }
}
