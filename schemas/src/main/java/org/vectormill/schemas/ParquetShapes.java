package org.vectormill.schemas;

import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** The Parquet schemas of the tables' files; nullable columns are optional, lists three-level. */
final class ParquetShapes {
  static final MessageType ITEMS =
      MessageTypeParser.parseMessageType(
          """
          message items {
            required binary id (STRING);
            required binary source (STRING);
            required int64 source_size;
            required binary source_version (STRING);
            required binary modality (STRING);
            optional binary text (STRING);
            optional binary image;
            required binary content_hash (STRING);
            optional binary label (STRING);
            optional binary split (STRING);
            required group attributes (MAP) {
              repeated group key_value {
                required binary key (STRING);
                optional binary value (STRING);
              }
            }
          }
          """);

  static final MessageType VECTORS =
      MessageTypeParser.parseMessageType(
          """
          message vectors {
            required binary id (STRING);
            required binary content_hash (STRING);
            required binary encoder (STRING);
            required group vector (LIST) {
              repeated group list {
                required float element;
              }
            }
            optional int32 tokens;
            required boolean truncated;
          }
          """);

  /** {@link #VECTORS} without the vector, whose pages are made apart. */
  static final MessageType VECTOR_KEYS =
      MessageTypeParser.parseMessageType(
          """
          message vectors {
            required binary id (STRING);
            required binary content_hash (STRING);
            required binary encoder (STRING);
            optional int32 tokens;
            required boolean truncated;
          }
          """);

  static final MessageType REJECTS =
      MessageTypeParser.parseMessageType(
          """
          message rejects {
            required binary id (STRING);
            required binary source (STRING);
            optional binary content_hash (STRING);
            required binary stage (STRING);
            required binary reason (STRING);
            required binary message (STRING);
            required binary run_id (STRING);
            required int64 rejected_at (TIMESTAMP(MICROS,true));
          }
          """);

  static final MessageType PROCESSED =
      MessageTypeParser.parseMessageType(
          """
          message processed {
            required binary source (STRING);
            required int64 source_size;
            required binary source_version (STRING);
          }
          """);

  static final MessageType IDS =
      MessageTypeParser.parseMessageType(
          """
          message ids {
            required binary id (STRING);
          }
          """);

  static final MessageType CLUSTERS =
      MessageTypeParser.parseMessageType(
          """
          message clusters {
            required binary id (STRING);
            required int32 cluster;
            required float score;
            optional int32 second_cluster;
            optional float margin;
          }
          """);

  static final MessageType CENTROIDS =
      MessageTypeParser.parseMessageType(
          """
          message centroids {
            required binary id (STRING);
            required int32 cluster;
            required group vector (LIST) {
              repeated group list {
                required float element;
              }
            }
            required int64 size;
            required float radius;
            required int32 level;
            optional int32 parent;
          }
          """);

  static final MessageType METRICS =
      MessageTypeParser.parseMessageType(
          """
          message metrics {
            required binary id (STRING);
            required binary metric (STRING);
            required binary slice (STRING);
            required double value;
            optional double ci_low;
            optional double ci_high;
            required int64 n;
            required group detail (MAP) {
              repeated group key_value {
                required binary key (STRING);
                optional binary value (STRING);
              }
            }
          }
          """);

  private ParquetShapes() {}
}
