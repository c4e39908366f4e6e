package org.vectormill.udfs.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import java.util.ArrayList;
import java.util.List;

/** One call of a TorchScript module's method; what it is given is freed with it. */
public final class ScriptCall implements AutoCloseable {
  private final PtSymbolBlock module;
  private final PtNDManager manager;
  private final List<IValue> values = new ArrayList<>();

  /**
   * @param manager of what the method returns
   */
  public ScriptCall(PtSymbolBlock module, NDManager manager) {
    this.module = module;
    this.manager = (PtNDManager) manager;
  }

  ScriptCall add(NDArray array) {
    return add(IValue.from((PtNDArray) array));
  }

  /** One more argument, a list of arrays. */
  public ScriptCall add(List<NDArray> arrays) {
    return add(IValue.listFrom(arrays.toArray(PtNDArray[]::new)));
  }

  /** One more argument, a number. */
  public ScriptCall add(double number) {
    return add(IValue.from(number));
  }

  ScriptCall add(IValue value) {
    values.add(value);
    return this;
  }

  NDArray tensor(String method) {
    try (IValue made = run(method)) {
      return made.toTensor(manager);
    }
  }

  NDList list(String method) {
    try (IValue made = run(method)) {
      return made.toNDList(manager);
    }
  }

  /** Calls a method; the caller closes what it returns. */
  public IValue run(String method) {
    return IValueUtils.runMethod(module, method, values.toArray(IValue[]::new));
  }

  @Override
  public void close() {
    values.forEach(IValue::close);
  }
}
