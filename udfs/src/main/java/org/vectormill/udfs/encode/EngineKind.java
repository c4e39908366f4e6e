package org.vectormill.udfs.encode;

/** What runs a model. */
public enum EngineKind {
  /** ONNX Runtime through DJL. */
  ONNX,
  /** PyTorch (TorchScript) through DJL. */
  TORCHSCRIPT,
  /** A matrix of token embeddings, looked up and pooled here. */
  STATIC,
  /** A vocabulary with weights, counted here. */
  TFIDF,
  /** An encoder that ships with Vectormill. */
  BUILTIN;

  /** Whether it runs a network, on whatever device; the others look up and count, on the CPU. */
  public boolean runsNetwork() {
    return this == ONNX || this == TORCHSCRIPT;
  }
}
