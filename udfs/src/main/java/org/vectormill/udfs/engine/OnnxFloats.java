package org.vectormill.udfs.engine;

import ai.onnxruntime.OnnxTensor;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import org.vectormill.schemas.VectormillException;

/** Values of an ONNX Runtime tensor as 32-bit floats. */
final class OnnxFloats {
  /**
   * A copy; integers as they are, without scale or zero point.
   *
   * @throws VectormillException ({@code USAGE}) for strings and truth values
   */
  static float[] of(String name, OnnxTensor tensor) {
    return switch (tensor.getInfo().type) {
      case FLOAT, FLOAT16, BFLOAT16 -> floats(tensor.getFloatBuffer());
      case DOUBLE -> doubles(tensor.getDoubleBuffer());
      case INT8 -> bytes(tensor.getByteBuffer(), -1);
      case UINT8 -> bytes(tensor.getByteBuffer(), 0xff);
      case INT32 -> ints(tensor.getIntBuffer());
      case INT64 -> longs(tensor.getLongBuffer());
      case BOOL, STRING, INT16, UNKNOWN ->
          throw VectormillException.usage(
              "--output-tensor "
                  + name
                  + " holds "
                  + tensor.getInfo().type
                  + " values, which are no vectors; name another");
    };
  }

  private static float[] floats(FloatBuffer from) {
    float[] values = new float[from.remaining()];
    from.get(values);
    return values;
  }

  private static float[] doubles(DoubleBuffer from) {
    float[] values = room(from);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) from.get();
    }
    return values;
  }

  private static float[] bytes(ByteBuffer from, int mask) {
    float[] values = room(from);
    for (int i = 0; i < values.length; i++) {
      values[i] = from.get() & mask;
    }
    return values;
  }

  private static float[] ints(IntBuffer from) {
    float[] values = room(from);
    for (int i = 0; i < values.length; i++) {
      values[i] = from.get();
    }
    return values;
  }

  private static float[] longs(LongBuffer from) {
    float[] values = room(from);
    for (int i = 0; i < values.length; i++) {
      values[i] = from.get();
    }
    return values;
  }

  private static float[] room(Buffer from) {
    return new float[from.remaining()];
  }

  private OnnxFloats() {}
}
