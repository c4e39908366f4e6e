package org.vectormill.udfs.deep.network;

import java.util.ArrayList;
import java.util.List;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.tensors.TensorFile;

/**
 * An autoencoder's weights in a safetensors file: {@code encoder.0.weight} (inputs x outputs),
 * {@code encoder.0.bias}, {@code decoder.0.weight} and so on; the facts {@code scale}, {@code
 * encoder} and {@code decoder} say what is done with them, the latter two as {@code
 * 784-500:relu,500-10:linear}. A {@link ClusterHead} is {@code head.weight} (inputs x clusters),
 * {@code head.bias} and the fact {@code scale}; where it has hidden layers, they are {@code
 * hidden.0} and so on, said by the fact {@code hidden}. A {@link SphereEncoder} is layers {@code
 * sphere.0} and so on. A {@link LatentShift} is layers {@code discriminator.0} and so on, the last
 * one's outputs the domains, and {@code domains} (domains x clusters).
 */
public final class NetworkTensors {
  private static final String SCALE = "scale";
  private static final String HEAD = "head";
  private static final String HIDDEN = "hidden";
  private static final String SPHERE = "sphere";
  private static final String DISCRIMINATOR = "discriminator";
  private static final String DOMAINS = "domains";

  /** More layers than these are no network that was trained here. */
  public static final int MOST_LAYERS = 64;

  /** The weights of a model, whose file has no other network, and its {@link Architecture}. */
  public static void put(TensorFile file, ClusterNetwork network) {
    file.fact("architecture", Architecture.json(network));
    if (network instanceof ClusterHead head) {
      file.fact(SCALE, Float.toString(head.scale()));
      if (!head.hidden().isEmpty()) {
        put(file, HIDDEN, head.hidden());
      }
      putLayer(file, HEAD, head.layer());
    } else if (network instanceof ConvAutoencoder images) {
      ConvTensors.put(file, "", images);
    } else if (network instanceof SphereEncoder sphere) {
      file.fact(SCALE, Float.toString(sphere.scale()));
      put(file, SPHERE, sphere.layers());
    } else if (network instanceof LatentShift shift) {
      file.fact(SCALE, Float.toString(shift.scale()));
      put(file, DISCRIMINATOR, shift.layers());
      file.put(DOMAINS, shift.domains(), shift.codeLength(), shift.clusters());
    } else {
      put(file, "", (Autoencoder) network);
    }
  }

  /**
   * What {@link #put(TensorFile, ClusterNetwork)} wrote.
   *
   * @param name of the file, for messages
   * @throws VectormillException ({@code INPUT}) where its parts don't fit together
   */
  public static ClusterNetwork get(TensorFile file, String name) {
    if (ConvTensors.has(file, "")) {
      return ConvTensors.get(file, "", name);
    }
    if (file.has(HEAD + ".weight")) {
      return head(file, name);
    }
    if (file.fact(SPHERE) != null) {
      return sphere(file, name);
    }
    return file.fact(DISCRIMINATOR) != null ? shift(file, name) : autoencoder(file, "", name);
  }

  /**
   * @throws VectormillException ({@code INPUT}) where its parts don't fit together
   */
  public static SphereEncoder sphere(TensorFile file, String name) {
    try {
      return new SphereEncoder(Float.parseFloat(file.fact(SCALE)), layers(file, SPHERE));
    } catch (IllegalArgumentException | NullPointerException e) {
      throw unreadable(name, e);
    }
  }

  /**
   * @throws VectormillException ({@code INPUT}) where its parts don't fit together
   */
  public static LatentShift shift(TensorFile file, String name) {
    try {
      List<Layer> layers = layers(file, DISCRIMINATOR);
      LatentShift shift =
          new LatentShift(Float.parseFloat(file.fact(SCALE)), layers, file.floats(DOMAINS));
      long[] shape = file.shape(DOMAINS);
      if (shape.length != 2 || shape[0] != shift.codeLength() || shape[1] != shift.clusters()) {
        throw new IllegalArgumentException(
            DOMAINS + " is not of " + shift.codeLength() + " domains by clusters");
      }
      if (PseudoInverse.of(shift.domains(), shift.codeLength(), shift.clusters()).isEmpty()) {
        throw new IllegalArgumentException("two clusters of " + DOMAINS + " are the same");
      }
      return shift;
    } catch (IllegalArgumentException | NullPointerException e) {
      throw unreadable(name, e);
    }
  }

  private static ClusterHead head(TensorFile file, String name) {
    try {
      return new ClusterHead(
          Float.parseFloat(file.fact(SCALE)),
          file.fact(HIDDEN) == null ? List.of() : layers(file, HIDDEN),
          layer(file, HEAD));
    } catch (IllegalArgumentException | NullPointerException e) {
      throw unreadable(name, e);
    }
  }

  /**
   * @param prefix before all names, so that a file can have several
   */
  public static void put(TensorFile file, String prefix, Autoencoder network) {
    file.fact(prefix + SCALE, Float.toString(network.scale()));
    put(file, prefix + "encoder", network.encoder());
    put(file, prefix + "decoder", network.decoder());
  }

  /** Writes layers as {@code name.0.weight}, {@code name.0.bias} and so on. */
  public static void put(TensorFile file, String name, List<Layer> layers) {
    List<String> shapes = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      shapes.add(
          layer.inputs() + "-" + layer.outputs() + (layer.rectified() ? ":relu" : ":linear"));
      putLayer(file, name + "." + i, layer);
    }
    file.fact(name, String.join(",", shapes));
  }

  /** A layer that is not rectified. */
  static Layer layer(TensorFile file, String name) {
    long[] shape = file.shape(name + ".weight");
    if (shape.length != 2 || shape[0] < 1 || shape[1] < 1) {
      throw new IllegalArgumentException(name + ".weight is no matrix");
    }
    return new Layer(
        Math.toIntExact(shape[0]),
        Math.toIntExact(shape[1]),
        false,
        file.floats(name + ".weight"),
        file.floats(name + ".bias"));
  }

  static void putLayer(TensorFile file, String name, Layer layer) {
    file.put(name + ".weight", layer.weight(), layer.inputs(), layer.outputs());
    file.put(name + ".bias", layer.bias(), layer.outputs());
  }

  /** Whether the file has a network of this prefix. */
  public static boolean has(TensorFile file, String prefix) {
    return file.fact(prefix + SCALE) != null;
  }

  /**
   * The network of a file, which isn't trusted.
   *
   * @param name of the file, for messages
   * @throws VectormillException ({@code INPUT}) where its parts don't fit together
   */
  public static Autoencoder autoencoder(TensorFile file, String prefix, String name) {
    try {
      return new Autoencoder(
          Float.parseFloat(file.fact(prefix + SCALE)),
          layers(file, prefix + "encoder"),
          layers(file, prefix + "decoder"));
    } catch (IllegalArgumentException | NullPointerException e) {
      throw unreadable(name, e);
    }
  }

  private static VectormillException unreadable(String name, RuntimeException e) {
    return VectormillException.input(
        name + ": its network can't be read: " + e.getMessage() + "; save it again");
  }

  /**
   * Layers that were written under the name.
   *
   * @throws IllegalArgumentException where they are none that fit together
   */
  public static List<Layer> layers(TensorFile file, String name) {
    String[] shapes = file.fact(name).split(",", -1);
    if (shapes.length > MOST_LAYERS) {
      throw new IllegalArgumentException(shapes.length + " layers in " + name);
    }
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < shapes.length; i++) {
      if (!shapes[i].matches("[1-9][0-9]{0,8}-[1-9][0-9]{0,8}:(relu|linear)")) {
        throw new IllegalArgumentException("layer " + shapes[i] + " of " + name);
      }
      String[] parts = shapes[i].split("[-:]");
      Layer layer =
          new Layer(
              Integer.parseInt(parts[0]),
              Integer.parseInt(parts[1]),
              parts[2].equals("relu"),
              file.floats(name + "." + i + ".weight"),
              file.floats(name + "." + i + ".bias"));
      if (i > 0 && layer.inputs() != layers.get(i - 1).outputs()) {
        throw new IllegalArgumentException("layers of " + name + " don't fit: " + file.fact(name));
      }
      layers.add(layer);
    }
    return layers;
  }

  private NetworkTensors() {}
}
