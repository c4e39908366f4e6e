package org.vectormill.udfs.deep.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vectormill.udfs.deep.training.Groups;
import org.vectormill.udfs.engine.Matrices;
import org.vectormill.udfs.tensors.TensorFile;

/**
 * A network that PyTorch builds from a file's architecture alone makes the codes that ours makes,
 * and of these the rows.
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
      def transposed(x, layer, weight, bias):
          missing = [made - ((side - 1) * layer["stride"] + layer["kernel"] - 2 * layer["padding"]) for made, side in zip(layer["makes"][1:], x.shape[2:])]
          assert layer["turned"]
          weight = weight.transpose(0, 1).flip(2, 3)
          return F.conv_transpose2d(x, weight, bias, layer["stride"], layer["padding"], missing)
      def through(x, layers):
          for layer in layers:
              weight, bias = tensors[layer["name"] + ".weight"], tensors[layer["name"] + ".bias"]
              if layer["kind"] == "dense":
                  assert list(weight.shape) == [layer["inputs"], layer["outputs"]]
                  x = x.flatten(1) @ weight + bias
              elif layer["kind"] == "convolution":
                  x = F.conv2d(x, weight, bias, layer["stride"], layer["padding"])
                  assert list(x.shape[1:]) == layer["makes"]
              else:
                  x = transposed(x, layer, weight, bias)
              x = activations[layer["activation"]](x)
              if "makes" in layer:
                  x = x.view(-1, *layer["makes"])
          return x
      x = tensors["rows"] * said["scale"] + said.get("shift", 0)
      if "image" in said:
          x = x.view(-1, *said["image"])
      x = through(x, said["encoder"])
      if sys.argv[2] == "decoder":
          x = through(x, said["decoder"])
      x = {"linear": lambda x: x, "softmax": lambda x: x.softmax(1), "unit length": F.normalize}[said["output"]](x)
      print(" ".join("%.9g" % value for value in x.flatten().tolist()))
      """;

  private static final int ROWS = 7;

  @TempDir Path dir;

  static Stream<ClusterNetwork> networks() {
    return Stream.of(
        Autoencoder.initial(1.5f, new int[] {36, 20, 4}, 1),
        new ClusterHead(0.5f, List.of(layer(36, 8, true)), layer(8, 3, false)),
        new SphereEncoder(2, List.of(layer(36, 8, true), layer(8, 5, false))),
        new LatentShift(1, List.of(layer(36, 6, true), layer(6, 2, false)), new float[0]),
        biased(ConvAutoencoder.initial(new ImageShape(1, 6, 6), List.of(3, 2), 4, 1)));
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
    Rows rows = rows(network);
    float[] expected = Codes.of(network, rows, Groups.CPU);
    assertArrayEquals(expected, answer(network, rows, "encoder"), 1e-5f);
  }

  @Test
  void aDenseDecoderMakesTheSameOfACode() throws Exception {
    Autoencoder network = Autoencoder.initial(1.5f, new int[] {36, 20, 4}, 1);
    Rows rows = rows(network);
    try (TrainedNetwork trained = new TrainedNetwork(network, Groups.CPU)) {
      NDArray x = Matrices.create(trained.manager(), scaled(rows, 1.5f), new Shape(ROWS, 36));
      float[] expected = trained.decode(trained.encode(x)).toFloatArray();
      assertArrayEquals(expected, answer(network, rows, "decoder"), 1e-5f);
    }
  }

  /** Sides of 6 and 9 end short of what they came from, and the transposed convolutions add it. */
  @ParameterizedTest
  @ValueSource(strings = {"1x8x8", "1x9x9", "3x9x6"})
  void aConvolutionalDecoderMakesTheSameOfACode(String shape) throws Exception {
    int[] sides = Stream.of(shape.split("x")).mapToInt(Integer::parseInt).toArray();
    ImageShape image = new ImageShape(sides[0], sides[1], sides[2]);
    ConvAutoencoder network = biased(ConvAutoencoder.initial(image, List.of(3, 2), 4, 1));
    Rows rows = rows(network);
    try (TrainedConv trained = new TrainedConv(network, Groups.CPU)) {
      float[] values = scaled(rows, ConvAutoencoder.SCALE);
      NDArray x = Matrices.create(trained.manager(), values, new Shape(ROWS, network.inputs()));
      List<NDArray> made = trained.encode(x, null);
      float[] expected = trained.decode(made.get(made.size() - 1)).get(0).toFloatArray();
      assertArrayEquals(expected, answer(network, rows, "decoder"), 1e-5f);
    }
  }

  /** First biases are 0, and would be left out unseen. */
  private static ConvAutoencoder biased(ConvAutoencoder network) {
    return new ConvAutoencoder(
        network.image(),
        network.encoder().stream().map(ModelInPythonTest::biased).toList(),
        network.code(),
        network.decode(),
        network.decoder().stream().map(ModelInPythonTest::biased).toList(),
        null);
  }

  private static Convolution biased(Convolution one) {
    Random random = new Random(one.outputs());
    float[] bias = new float[one.outputs()];
    for (int i = 0; i < bias.length; i++) {
      bias[i] = random.nextFloat();
    }
    return one.with(one.weight(), bias);
  }

  private static float[] scaled(Rows rows, float scale) {
    float[] values = rows.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] *= scale;
    }
    return values;
  }

  private static Rows rows(ClusterNetwork network) {
    Random random = new Random(5);
    float[] values = new float[ROWS * network.inputs()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return new Rows(values, network.inputs());
  }

  /** What PyTorch's encoder, or its decoder after that, makes of rows. */
  private float[] answer(ClusterNetwork network, Rows rows, String part) throws Exception {
    Path python = python();
    assumeTrue(Files.exists(python), "needs the Python peers, " + python + " (scripts/peers)");
    TensorFile file = new TensorFile().put("rows", rows.values(), ROWS, network.inputs());
    NetworkTensors.put(file, network);
    Path model = Files.write(dir.resolve("model.safetensors"), file.write());
    return answer(python, model, part);
  }

  private static Path python() {
    String peers = System.getenv("VECTORMILL_PEERS");
    return Path.of(
            peers == null ? System.getProperty("user.home") + "/.cache/vectormill/peers" : peers)
        .resolve("bin/python");
  }

  private static float[] answer(Path python, Path model, String part) throws Exception {
    Process process =
        new ProcessBuilder(python.toString(), "-c", PROGRAM, model.toString(), part)
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
