package org.vectormill.udfs.pool;

import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;

/** The GPU that Spark's resource scheduling gave the running task. */
public final class TaskGpu {
  /** Its address; null outside of a task, or where GPUs are not scheduled. */
  public static String address() {
    TaskContext task = TaskContext.get();
    ResourceInformation gpu = task == null ? null : task.resourcesJMap().get("gpu");
    return gpu == null || gpu.addresses().length == 0 ? null : gpu.addresses()[0];
  }

  private TaskGpu() {}
}
