package org.vectormill.jobs.ingest;

import java.io.Serializable;
import java.util.List;
import org.vectormill.jobs.ingest.read.Piece;

/** Pieces that one task reads one after the other, in the order of their files' URIs. */
record IngestUnit(List<Piece> pieces) implements Serializable {}
