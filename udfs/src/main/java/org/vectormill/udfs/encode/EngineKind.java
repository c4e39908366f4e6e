package org.vectormill.udfs.encode;

/** What runs a model. */
public enum EngineKind {
  /** ONNX Runtime through DJL. */
  ONNX,
  /** PyTorch (TorchScript) through DJL. */
  TORCHSCRIPT,
  /** A matrix of token embeddings, looked up and pooled here. */
  STATIC,
  /** An encoder that ships with Vectormill. */
  BUILTIN
}
