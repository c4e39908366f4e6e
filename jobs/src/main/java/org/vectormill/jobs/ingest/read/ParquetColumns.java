package org.vectormill.jobs.ingest.read;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.vectormill.schemas.VectormillException;

/** The columns of a Parquet file by name; a dot leads into structs. */
record ParquetColumns(MessageType schema) {
  /** Names of the top-level columns. */
  Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    schema.getFields().forEach(field -> names.add(field.getName()));
    return names;
  }

  /** Path of field names to a column; null where there is none. */
  List<String> path(String column) {
    return path(schema, column);
  }

  private static List<String> path(GroupType group, String column) {
    if (group.containsField(column)) {
      return List.of(column);
    }
    for (int dot = column.indexOf('.'); dot >= 0; dot = column.indexOf('.', dot + 1)) {
      String outer = column.substring(0, dot);
      if (group.containsField(outer) && !group.getType(outer).isPrimitive()) {
        List<String> inner = path(group.getType(outer).asGroupType(), column.substring(dot + 1));
        if (inner != null) {
          List<String> path = new ArrayList<>(List.of(outer));
          path.addAll(inner);
          return path;
        }
      }
    }
    return null;
  }

  /** The columns that a run uses, each found in the file and of a usable type. */
  Columns require(Columns asked, SourceFile file) {
    Columns columns = ColumnNames.require(asked, file, names(), name -> path(name) != null);
    for (Columns.Named named : columns.named()) {
      Type type = schema.getType(path(named.column()).toArray(String[]::new));
      boolean image = named.option().equals("--image-column");
      if (type.isRepetition(Type.Repetition.REPEATED)
          || (!type.isPrimitive() && !(image && holdsImage(type.asGroupType())))) {
        throw VectormillException.usage(
            "%s %s: the column is nested (%s); name a plain one inside it with a dot"
                .formatted(
                    named.option(), named.column(), type.toString().replaceAll("\\s+", " ")));
      }
    }
    return columns;
  }

  private static boolean holdsImage(GroupType struct) {
    return struct.containsField(ParquetFields.BYTES) || struct.containsField(ParquetFields.PATH);
  }

  /** The schema of what is read: top-level columns that are used. */
  MessageType projection(Columns columns) {
    Set<String> used = new LinkedHashSet<>();
    columns.named().forEach(named -> used.add(path(named.column()).get(0)));
    if (columns.allAttributes()) {
      used.addAll(plain());
    }
    List<Type> fields = new ArrayList<>();
    schema.getFields().stream().filter(f -> used.contains(f.getName())).forEach(fields::add);
    return new MessageType(schema.getName(), fields);
  }

  /** Top-level columns with one value that has a text form. */
  List<String> plain() {
    return schema.getFields().stream().filter(ParquetColumns::isPlain).map(Type::getName).toList();
  }

  private static boolean isPlain(Type type) {
    if (!type.isPrimitive() || type.isRepetition(Type.Repetition.REPEATED)) {
      return false;
    }
    return type.asPrimitiveType().getPrimitiveTypeName() != PrimitiveTypeName.BINARY
        || type.getLogicalTypeAnnotation() != null
            && !(type.getLogicalTypeAnnotation()
                instanceof LogicalTypeAnnotation.BsonLogicalTypeAnnotation);
  }
}
