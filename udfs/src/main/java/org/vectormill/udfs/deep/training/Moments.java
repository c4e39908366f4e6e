package org.vectormill.udfs.deep.training;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.deep.network.Averaged;
import org.vectormill.udfs.deep.network.WeightAverage;
import org.vectormill.udfs.tensors.TensorFile;

/**
 * What an optimizer remembers of a network's arrays from one part of a training to the next. Begun
 * anew with each part, Adam's first steps would all be as long as the learning rate, whatever the
 * gradients are: with few rows nearly all steps are first steps.
 *
 * @param first running means of each array's gradients (Adam), or their fading sum (momentum)
 * @param second running means of the gradients' squares; none where the optimizer has none
 * @param steps that are done
 */
public record Moments(List<float[]> first, List<float[]> second, double steps)
    implements Averaged<Moments> {
  private static final String STEPS = "optimizer.steps";
  private static final String FIRST = "optimizer.first.";
  private static final String SECOND = "optimizer.second.";

  /** Of an optimizer that has not begun. */
  public static final Moments NONE = new Moments(List.of(), List.of(), 0);

  public Moments {
    first = List.copyOf(first);
    second = List.copyOf(second);
  }

  boolean begun() {
    return !first.isEmpty();
  }

  /**
   * Those of workers that trained on their own, averaged as their weights are (Yu, Jin and Yang, On
   * the Linear Speedup Analysis of Communication Efficient Momentum SGD, 2019).
   */
  @Override
  public Moments average(Moments other, double share) {
    if (!begun() || !other.begun()) {
      return begun() ? this : other;
    }
    return new Moments(
        averages(first, other.first, share),
        averages(second, other.second, share),
        steps + share * (other.steps - steps));
  }

  private static List<float[]> averages(List<float[]> some, List<float[]> others, double share) {
    return IntStream.range(0, some.size())
        .mapToObj(i -> WeightAverage.of(some.get(i), others.get(i), share))
        .toList();
  }

  /** Writes them beside what else the file has. */
  public void put(TensorFile file) {
    file.fact(STEPS, Double.toString(steps));
    put(file, FIRST, first);
    put(file, SECOND, second);
  }

  private static void put(TensorFile file, String name, List<float[]> arrays) {
    for (int i = 0; i < arrays.size(); i++) {
      file.put(name + i, arrays.get(i), arrays.get(i).length);
    }
  }

  /**
   * What {@link #put} wrote.
   *
   * @param name of the file, for messages
   * @throws VectormillException ({@code INPUT}) where it isn't there, as in files of earlier builds
   */
  public static Moments get(TensorFile file, String name) {
    String steps = file.fact(STEPS);
    if (steps == null) {
      throw VectormillException.input(name + ": no optimizer's moments; train anew");
    }
    return new Moments(arrays(file, FIRST), arrays(file, SECOND), Double.parseDouble(steps));
  }

  private static List<float[]> arrays(TensorFile file, String name) {
    List<float[]> arrays = new ArrayList<>();
    while (file.has(name + arrays.size())) {
      arrays.add(file.floats(name + arrays.size()));
    }
    return arrays;
  }
}
