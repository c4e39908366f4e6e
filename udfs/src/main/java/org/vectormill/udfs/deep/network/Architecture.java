package org.vectormill.udfs.deep.network;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What a network is, as JSON for programs that can't ask this one: the factor {@code scale} on
 * every input and what is added then ({@code shift}, where there is one), {@code encoder} and where
 * there is one {@code decoder}, each a list of layers in order, and what is done with the encoder's
 * last values ({@code output}). A layer has a {@code kind} (dense, convolution, transposed
 * convolution), the {@code name} of its tensors (name.weight, name.bias), its sizes, an {@code
 * activation} and, of images, the shape that it {@code makes} (channels, height, width). Dense
 * weights are inputs x outputs, those of convolutions outputs x inputs x kernel x kernel, of
 * transposed ones too, with the kernel {@code turned} around ({@link Convolution}).
 */
final class Architecture {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String LEAKY = "leaky_relu 0.01";
  private static final String LINEAR = "linear";
  private static final String TANH = "tanh";

  private final ObjectNode json = MAPPER.createObjectNode();

  private Architecture(String network, float scale, ClusterNetwork of) {
    json.put("network", network).put("scale", scale);
    json.put("inputs", of.inputs()).put("code", of.codeLength()).put("clusters", of.clusters());
  }

  static String json(ClusterNetwork network) {
    if (network instanceof ClusterHead head) {
      Architecture one = new Architecture("head", head.scale(), head);
      ArrayNode layers = one.dense("encoder", "hidden", head.hidden());
      one.dense(layers, "head", head.layer());
      return one.text("softmax");
    }
    if (network instanceof SphereEncoder sphere) {
      Architecture one = new Architecture("sphere", sphere.scale(), sphere);
      one.dense("encoder", "sphere", sphere.layers());
      return one.text("unit length");
    }
    if (network instanceof LatentShift shift) {
      Architecture one = new Architecture("latent shift", shift.scale(), shift);
      one.dense("encoder", "discriminator", shift.layers());
      return one.text("softmax");
    }
    if (network instanceof ConvAutoencoder images) {
      return new Architecture("convolutional autoencoder", ConvAutoencoder.SCALE, images)
          .images(images);
    }
    Autoencoder dense = (Autoencoder) network;
    Architecture one = new Architecture("autoencoder", dense.scale(), dense);
    one.dense("encoder", "encoder", dense.encoder());
    one.dense("decoder", "decoder", dense.decoder());
    return one.text(LINEAR);
  }

  private String images(ConvAutoencoder network) {
    ImageShape image = network.image();
    json.put("shift", -1);
    json.putArray("image").add(image.channels()).add(image.height()).add(image.width());
    ArrayNode encoder = json.putArray("encoder");
    List<ImageShape> shapes = network.shapes();
    for (int i = 0; i < network.encoder().size(); i++) {
      Convolution one = network.encoder().get(i);
      makes(convolution(encoder, "convolution", "conv." + i, one, LEAKY), shapes.get(i + 1));
    }
    dense(encoder, "code", network.code()).put("activation", TANH);
    ArrayNode decoder = json.putArray("decoder");
    int count = network.decoder().size();
    makes(dense(decoder, "decode", network.decode()).put("activation", LEAKY), shapes.get(count));
    for (int i = 0; i < count; i++) {
      String activation = i < count - 1 ? LEAKY : TANH;
      Convolution one = network.decoder().get(i);
      ObjectNode layer =
          convolution(decoder, "transposed convolution", "deconv." + i, one, activation);
      makes(layer.put("turned", true), shapes.get(count - 1 - i));
    }
    if (network.head() != null) {
      dense(json.putArray("head"), "head", network.head()).put("activation", "softmax");
    }
    return text(LINEAR);
  }

  private static void makes(ObjectNode layer, ImageShape shape) {
    layer.putArray("makes").add(shape.channels()).add(shape.height()).add(shape.width());
  }

  private static ObjectNode convolution(
      ArrayNode layers, String kind, String name, Convolution one, String activation) {
    return layers
        .addObject()
        .put("kind", kind)
        .put("name", name)
        .put("inputs", one.inputs())
        .put("outputs", one.outputs())
        .put("kernel", one.kernel())
        .put("stride", one.stride())
        .put("padding", one.padding())
        .put("activation", activation);
  }

  private ArrayNode dense(String path, String name, List<Layer> layers) {
    ArrayNode all = json.putArray(path);
    for (int i = 0; i < layers.size(); i++) {
      dense(all, name + "." + i, layers.get(i));
    }
    return all;
  }

  private static ObjectNode dense(ArrayNode layers, String name, Layer layer) {
    return layers
        .addObject()
        .put("kind", "dense")
        .put("name", name)
        .put("inputs", layer.inputs())
        .put("outputs", layer.outputs())
        .put("activation", layer.rectified() ? "relu" : LINEAR);
  }

  private String text(String output) {
    return json.put("output", output).toString();
  }
}
