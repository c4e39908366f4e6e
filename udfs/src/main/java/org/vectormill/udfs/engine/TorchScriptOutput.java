package org.vectormill.udfs.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import java.util.Map;
import java.util.TreeSet;
import org.vectormill.schemas.VectormillException;

/**
 * Takes one tensor out of what a module returned: the tensor itself, an item of a tuple or list by
 * index, or an item of a dictionary by name.
 *
 * @param asked null for the only tensor or the first item
 */
record TorchScriptOutput(String asked) {
  /**
   * @param manager owner of the tensor
   * @throws VectormillException ({@code USAGE}) for an item that is not there
   */
  NDArray of(IValue result, PtNDManager manager) {
    if (result.isTensor()) {
      if (asked != null && !asked.equals("0")) {
        throw missing("the module returns a single tensor; leave the option out");
      }
      return result.toTensor(manager);
    }
    if (result.isMap()) {
      return named(result.toIValueMap(), manager);
    }
    if (result.isTuple()) {
      return indexed(result.toIValueTuple(), manager);
    }
    if (result.isList() || result.isTensorList()) {
      NDArray[] items = result.toTensorArray(manager);
      return items[index(items.length)];
    }
    throw missing("the module returns a " + result.getType() + ", not tensors");
  }

  private NDArray named(Map<String, IValue> items, PtNDManager manager) {
    try {
      String name = asked == null && items.size() == 1 ? items.keySet().iterator().next() : asked;
      IValue item = name == null ? null : items.get(name);
      if (item == null) {
        throw missing("the module returns a dictionary of " + new TreeSet<>(items.keySet()));
      }
      return tensor(item, manager);
    } finally {
      items.values().forEach(IValue::close);
    }
  }

  private NDArray indexed(IValue[] items, PtNDManager manager) {
    try {
      return tensor(items[index(items.length)], manager);
    } finally {
      for (IValue item : items) {
        item.close();
      }
    }
  }

  private NDArray tensor(IValue item, PtNDManager manager) {
    if (!item.isTensor()) {
      throw missing("that item is a " + item.getType() + ", not a tensor");
    }
    return item.toTensor(manager);
  }

  private int index(int size) {
    if (asked == null) {
      return 0;
    }
    if (!asked.matches("[0-9]{1,4}") || Integer.parseInt(asked) >= size) {
      throw missing("the module returns " + size + " items; name one by index, from 0");
    }
    return Integer.parseInt(asked);
  }

  private VectormillException missing(String why) {
    return VectormillException.usage(
        (asked == null ? "--output-tensor is needed" : "--output-tensor " + asked) + ": " + why);
  }
}
