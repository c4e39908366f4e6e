package org.vectormill.udfs.deep.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vectormill.udfs.deep.training.Groups;
import org.vectormill.udfs.tensors.TensorFile;

/**
 * A network that PyTorch builds from a file's architecture alone makes the codes that ours makes.
 */
final class ModelInPythonTest {
  private static final String PROGRAM =
      """
      import json, sys, torch
      import torch.nn.functional as F
      from safetensors import safe_open
      with safe_open(sys.argv[1], "pt") as file:
          said = json.loads(file.metadata()["architecture"])
          tensors = {name: file.get_tensor(name) for name in file.keys()}
      activations = {"linear": lambda x: x, "relu": F.relu, "tanh": torch.tanh, "leaky_relu 0.01": lambda x: F.leaky_relu(x, 0.01)}
      x = tensors["rows"] * said["scale"] + said.get("shift", 0)
      if "image" in said:
          x = x.view(-1, *said["image"])
      for layer in said["encoder"]:
          weight, bias = tensors[layer["name"] + ".weight"], tensors[layer["name"] + ".bias"]
          if layer["kind"] == "dense":
              assert list(weight.shape) == [layer["inputs"], layer["outputs"]]
              x = x.flatten(1) @ weight + bias
          else:
              x = F.conv2d(x, weight, bias, layer["stride"], layer["padding"])
          x = activations[layer["activation"]](x)
      x = {"linear": lambda x: x, "softmax": lambda x: x.softmax(1), "unit length": F.normalize}[said["output"]](x)
      print(" ".join("%.9g" % value for value in x.flatten().tolist()))
      """;

  @TempDir Path dir;

  static Stream<ClusterNetwork> networks() {
    return Stream.of(
        Autoencoder.initial(1.5f, new int[] {36, 20, 4}, 1),
        new ClusterHead(0.5f, List.of(layer(36, 8, true)), layer(8, 3, false)),
        new SphereEncoder(2, List.of(layer(36, 8, true), layer(8, 5, false))),
        new LatentShift(1, List.of(layer(36, 6, true), layer(6, 2, false)), new float[0]),
        ConvAutoencoder.initial(new ImageShape(1, 6, 6), List.of(3, 2), 4, 1));
  }

  private static Layer layer(int inputs, int outputs, boolean rectified) {
    Random random = new Random(inputs);
    float[] weight = new float[inputs * outputs];
    float[] bias = new float[outputs];
    for (int i = 0; i < weight.length; i++) {
      weight[i] = (float) random.nextGaussian() / 3;
      bias[i % outputs] = (float) random.nextGaussian();
    }
    return new Layer(inputs, outputs, rectified, weight, bias);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void codesAreThose(ClusterNetwork network) throws Exception {
    Path python = python();
    assumeTrue(Files.exists(python), "needs the Python peers, " + python + " (scripts/peers)");
    Random random = new Random(5);
    float[] values = new float[7 * network.inputs()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    TensorFile file = new TensorFile().put("rows", values, 7, network.inputs());
    NetworkTensors.put(file, network);
    Path model = Files.write(dir.resolve("model.safetensors"), file.write());
    float[] expected = Codes.of(network, new Rows(values, network.inputs()), Groups.CPU);
    assertArrayEquals(expected, answer(python, model), 1e-5f);
  }

  private static Path python() {
    String peers = System.getenv("VECTORMILL_PEERS");
    return Path.of(
            peers == null ? System.getProperty("user.home") + "/.cache/vectormill/peers" : peers)
        .resolve("bin/python");
  }

  private static float[] answer(Path python, Path model) throws Exception {
    Process process =
        new ProcessBuilder(python.toString(), "-c", PROGRAM, model.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (InputStream out = process.getInputStream()) {
      String[] told = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip().split(" ");
      assertEquals(0, process.waitFor());
      float[] values = new float[told.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = Float.parseFloat(told[i]);
      }
      return values;
    }
  }
}
