package org.vectormill.jobs.ingest.read;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveStringifier;
import org.apache.parquet.schema.PrimitiveType;

/** The values of one row of a Parquet file. */
record ParquetFields(ParquetColumns columns, Group row) implements Fields {
  static final String BYTES = "bytes";
  static final String PATH = "path";

  @Override
  public String text(String column) throws RejectedException {
    try {
      return text(columns.path(column));
    } catch (RejectedException e) {
      throw new RejectedException(e.reason(), "column " + column + ": " + e.getMessage());
    }
  }

  private String text(List<String> path) throws RejectedException {
    Group group = parent(path);
    String name = path.get(path.size() - 1);
    return group == null || group.getFieldRepetitionCount(name) == 0 ? null : plain(group, name);
  }

  /** The group that holds the last name of a path; null where one on the way is missing. */
  private Group parent(List<String> path) {
    Group group = row;
    for (String name : path.subList(0, path.size() - 1)) {
      if (group.getFieldRepetitionCount(name) == 0) {
        return null;
      }
      group = group.getGroup(name, 0);
    }
    return group;
  }

  private static String plain(Group group, String name) throws RejectedException {
    PrimitiveType type = group.getType().getType(name).asPrimitiveType();
    PrimitiveStringifier form = type.stringifier();
    return switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> form.stringify(group.getBoolean(name, 0));
      case INT32 -> form.stringify(group.getInteger(name, 0));
      case INT64 -> form.stringify(group.getLong(name, 0));
      case FLOAT -> form.stringify(group.getFloat(name, 0));
      case DOUBLE -> form.stringify(group.getDouble(name, 0));
      case INT96 -> form.stringify(group.getInt96(name, 0));
      case FIXED_LEN_BYTE_ARRAY -> form.stringify(group.getBinary(name, 0));
      case BINARY ->
          type.getLogicalTypeAnnotation()
                  instanceof LogicalTypeAnnotation.DecimalLogicalTypeAnnotation
              ? form.stringify(group.getBinary(name, 0))
              : Utf8.decode(group.getBinary(name, 0).getBytes());
    };
  }

  @Override
  public ImageCell image(String column) throws RejectedException {
    List<String> path = columns.path(column);
    Group group = parent(path);
    String name = path.get(path.size() - 1);
    if (group == null || group.getFieldRepetitionCount(name) == 0) {
      return null;
    }
    if (group.getType().getType(name).isPrimitive()) {
      return cell(group, name);
    }
    Group struct = group.getGroup(name, 0);
    ImageCell bytes = has(struct, BYTES) ? cell(struct, BYTES) : null;
    return bytes == null && has(struct, PATH) ? new ImageCell(null, plain(struct, PATH)) : bytes;
  }

  private static boolean has(Group struct, String name) {
    GroupType type = struct.getType();
    return type.containsField(name) && struct.getFieldRepetitionCount(name) > 0;
  }

  /** Bytes, or the path that a column of strings holds. */
  private static ImageCell cell(Group group, String name) throws RejectedException {
    boolean isText = group.getType().getType(name).getLogicalTypeAnnotation() != null;
    return isText
        ? new ImageCell(null, plain(group, name))
        : new ImageCell(group.getBinary(name, 0).getBytes(), null);
  }

  @Override
  public Map<String, String> others(Set<String> without) throws RejectedException {
    Map<String, String> others = new LinkedHashMap<>();
    for (String name : columns.plain()) {
      String value = without.contains(name) ? null : text(List.of(name));
      if (value != null) {
        others.put(name, value);
      }
    }
    return others;
  }
}
