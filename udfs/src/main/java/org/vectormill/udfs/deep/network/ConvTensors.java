package org.vectormill.udfs.deep.network;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.tensors.TensorFile;

/**
 * A {@link ConvAutoencoder} in a safetensors file: {@code conv.0.weight} (outputs, inputs, kernel,
 * kernel), {@code conv.0.bias} and so on, {@code code.weight} (inputs x outputs), {@code
 * decode.weight}, {@code deconv.0.weight} (outputs, inputs, kernel, kernel; see {@link
 * Convolution}), {@code head.weight}; the facts {@code code} ({@code tanh}), {@code image}
 * (channels x height x width), and {@code conv} and {@code deconv}, such as {@code
 * 1-50:kernel4:stride2:padding0,...}. Convolutions but the last of the decoder end in a rectifier
 * that leaks a hundredth, that one in tanh, as the code.
 */
public final class ConvTensors {
  private static final Pattern CONVOLUTION =
      Pattern.compile(
          "([1-9]\\d{0,4})-([1-9]\\d{0,4}):kernel([1-9]\\d?):stride([1-9]\\d?):padding(\\d\\d?)");
  private static final Pattern IMAGE =
      Pattern.compile("([1-9]\\d{0,4})x([1-9]\\d{0,4})x([1-9]\\d{0,4})");
  private static final int MOST = 64;
  private static final String CODE = "code";
  private static final String TANH = "tanh";

  /** Writes a network under names that begin with the prefix. */
  public static void put(TensorFile file, String prefix, ConvAutoencoder network) {
    ImageShape image = network.image();
    file.fact(prefix + CODE, TANH);
    file.fact(prefix + "image", image.channels() + "x" + image.height() + "x" + image.width());
    put(file, prefix + "conv", network.encoder());
    NetworkTensors.putLayer(file, prefix + "code", network.code());
    NetworkTensors.putLayer(file, prefix + "decode", network.decode());
    put(file, prefix + "deconv", network.decoder());
    if (network.head() != null) {
      NetworkTensors.putLayer(file, prefix + "head", network.head());
    }
  }

  private static void put(TensorFile file, String name, List<Convolution> convolutions) {
    List<String> shapes = new ArrayList<>();
    for (int i = 0; i < convolutions.size(); i++) {
      Convolution one = convolutions.get(i);
      shapes.add(
          "%d-%d:kernel%d:stride%d:padding%d"
              .formatted(one.inputs(), one.outputs(), one.kernel(), one.stride(), one.padding()));
      file.put(
          name + "." + i + ".weight",
          one.weight(),
          one.outputs(),
          one.inputs(),
          one.kernel(),
          one.kernel());
      file.put(name + "." + i + ".bias", one.bias(), one.outputs());
    }
    file.fact(name, String.join(",", shapes));
  }

  /** Whether the file has such a network. */
  public static boolean has(TensorFile file, String prefix) {
    return file.fact(prefix + "image") != null;
  }

  /**
   * @throws VectormillException ({@code INPUT}) where its parts don't fit together
   */
  public static ConvAutoencoder get(TensorFile file, String prefix, String name) {
    try {
      if (!TANH.equals(file.fact(prefix + CODE))) {
        throw VectormillException.input(
            name
                + ": a network of an earlier build, whose codes don't end in tanh; train it again");
      }
      Matcher image = matched(IMAGE, file.fact(prefix + "image"));
      return new ConvAutoencoder(
          new ImageShape(number(image, 1), number(image, 2), number(image, 3)),
          convolutions(file, prefix + "conv"),
          NetworkTensors.layer(file, prefix + "code"),
          NetworkTensors.layer(file, prefix + "decode"),
          convolutions(file, prefix + "deconv"),
          file.has(prefix + "head.weight") ? NetworkTensors.layer(file, prefix + "head") : null);
    } catch (IllegalArgumentException | NullPointerException | ArithmeticException e) {
      throw VectormillException.input(
          name + ": its network can't be read: " + e.getMessage() + "; save it again");
    }
  }

  private static List<Convolution> convolutions(TensorFile file, String name) {
    String[] shapes = file.fact(name).split(",", -1);
    if (shapes.length > MOST) {
      throw new IllegalArgumentException(shapes.length + " convolutions in " + name);
    }
    List<Convolution> convolutions = new ArrayList<>();
    for (int i = 0; i < shapes.length; i++) {
      Matcher parts = matched(CONVOLUTION, shapes[i]);
      convolutions.add(
          new Convolution(
              number(parts, 1),
              number(parts, 2),
              number(parts, 3),
              number(parts, 4),
              number(parts, 5),
              file.floats(name + "." + i + ".weight"),
              file.floats(name + "." + i + ".bias")));
    }
    return convolutions;
  }

  private static Matcher matched(Pattern pattern, String text) {
    Matcher parts = pattern.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(text + " is no shape");
    }
    return parts;
  }

  private static int number(Matcher parts, int group) {
    return Integer.parseInt(parts.group(group));
  }

  private ConvTensors() {}
}
