/** Networks: ONNX Runtime and PyTorch through DJL behind one small interface, and their devices. */
package org.vectormill.udfs.engine;
