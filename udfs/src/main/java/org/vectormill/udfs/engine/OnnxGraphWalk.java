package org.vectormill.udfs.engine;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.vectormill.udfs.engine.OnnxFile.OnnxInput;
import org.vectormill.udfs.engine.ProtobufReader.MalformedProtobufException;

/** Collects names from a ModelProto. Messages are merged, as protobuf merges repeated ones. */
final class OnnxGraphWalk {
  private static final int DEEPEST = 16;
  private static final int FREE = -1;

  final List<OnnxInput> inputs = new ArrayList<>();
  final Set<String> outputs = new LinkedHashSet<>();
  final Set<String> tensors = new LinkedHashSet<>();
  final Set<String> initializers = new HashSet<>();
  final Set<String> externalFiles = new LinkedHashSet<>();

  void model(ProtobufReader model) {
    for (int field = model.next(); field != 0; field = model.next()) {
      if (field == 7) {
        graph(new ProtobufReader(model.bytes()), 0);
      } else {
        model.skip();
      }
    }
  }

  /** Only the outermost graph's names can be asked for; inner ones are walked for their data. */
  private void graph(ProtobufReader graph, int depth) {
    if (depth > DEEPEST) {
      throw new MalformedProtobufException("graphs nested more than " + DEEPEST + " deep");
    }
    for (int field = graph.next(); field != 0; field = graph.next()) {
      switch (field) {
        case 1 -> node(new ProtobufReader(graph.bytes()), depth);
        case 5 -> initializer(graph.bytes());
        case 11 -> input(graph, depth);
        case 12 -> output(graph, depth);
        case 15 -> sparse(new ProtobufReader(graph.bytes()));
        default -> graph.skip();
      }
    }
  }

  private void input(ProtobufReader graph, int depth) {
    OnnxInput input = valueInfo(new ProtobufReader(graph.bytes()));
    if (depth == 0) {
      inputs.add(input);
    }
  }

  private void output(ProtobufReader graph, int depth) {
    OnnxInput output = valueInfo(new ProtobufReader(graph.bytes()));
    if (depth == 0) {
      outputs.add(output.name());
    }
  }

  private void node(ProtobufReader node, int depth) {
    for (int field = node.next(); field != 0; field = node.next()) {
      if (field == 2) {
        String name = node.string();
        if (depth == 0 && !name.isEmpty()) {
          tensors.add(name);
        }
      } else if (field == 5) {
        attribute(new ProtobufReader(node.bytes()), depth);
      } else {
        node.skip();
      }
    }
  }

  private void attribute(ProtobufReader attribute, int depth) {
    for (int field = attribute.next(); field != 0; field = attribute.next()) {
      switch (field) {
        case 5, 10 -> tensor(new ProtobufReader(attribute.bytes()));
        case 6, 11 -> graph(new ProtobufReader(attribute.bytes()), depth + 1);
        default -> attribute.skip();
      }
    }
  }

  private void initializer(ByteBuffer bytes) {
    initializers.add(tensor(new ProtobufReader(bytes)));
  }

  private void sparse(ProtobufReader sparse) {
    for (int field = sparse.next(); field != 0; field = sparse.next()) {
      if (field == 1 || field == 2) {
        initializer(sparse.bytes());
      } else {
        sparse.skip();
      }
    }
  }

  private String tensor(ProtobufReader tensor) {
    String name = "";
    for (int field = tensor.next(); field != 0; field = tensor.next()) {
      switch (field) {
        case 8 -> name = tensor.string();
        case 13 -> externalData(new ProtobufReader(tensor.bytes()));
        default -> tensor.skip();
      }
    }
    return name;
  }

  private void externalData(ProtobufReader entry) {
    String key = "";
    String value = "";
    for (int field = entry.next(); field != 0; field = entry.next()) {
      switch (field) {
        case 1 -> key = entry.string();
        case 2 -> value = entry.string();
        default -> entry.skip();
      }
    }
    if (key.equals("location")) {
      externalFiles.add(value);
    }
  }

  private static OnnxInput valueInfo(ProtobufReader info) {
    String name = "";
    int[] type = {0};
    List<Long> shape = new ArrayList<>();
    for (int field = info.next(); field != 0; field = info.next()) {
      switch (field) {
        case 1 -> name = info.string();
        case 2 -> type(new ProtobufReader(info.bytes()), type, shape);
        default -> info.skip();
      }
    }
    return new OnnxInput(name, type[0], List.copyOf(shape));
  }

  private static void type(ProtobufReader type, int[] element, List<Long> shape) {
    for (int field = type.next(); field != 0; field = type.next()) {
      if (field == 1) {
        tensorType(new ProtobufReader(type.bytes()), element, shape);
      } else {
        type.skip();
      }
    }
  }

  private static void tensorType(ProtobufReader type, int[] element, List<Long> shape) {
    for (int field = type.next(); field != 0; field = type.next()) {
      switch (field) {
        case 1 -> element[0] = (int) type.varint();
        case 2 -> shape(new ProtobufReader(type.bytes()), shape);
        default -> type.skip();
      }
    }
  }

  private static void shape(ProtobufReader message, List<Long> shape) {
    for (int field = message.next(); field != 0; field = message.next()) {
      if (field == 1) {
        shape.add(dimension(new ProtobufReader(message.bytes())));
      } else {
        message.skip();
      }
    }
  }

  private static long dimension(ProtobufReader dimension) {
    long value = FREE;
    for (int field = dimension.next(); field != 0; field = dimension.next()) {
      if (field == 1) {
        value = dimension.varint();
      } else {
        dimension.skip();
      }
    }
    return value;
  }
}
