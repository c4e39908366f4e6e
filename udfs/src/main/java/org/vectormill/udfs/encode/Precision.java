package org.vectormill.udfs.encode;

/** Arithmetic that the model runs in; vectors are stored as 32-bit floats whatever it is. */
public enum Precision {
  FLOAT32,
  FLOAT16,
  BFLOAT16
}
