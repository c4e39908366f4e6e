package org.vectormill.udfs.deep;

import java.util.Random;
import org.vectormill.udfs.vectors.MatrixSpec;

/** Three groups of rows in 20 dimensions, sorted by group. */
final class Groups {
  static final MatrixSpec CPU = new MatrixSpec("cpu", 1);
  static final int ROWS = 100;
  static final int WIDTH = 20;
  static final int[] WIDTHS = {WIDTH, 32, 2};

  static Rows rows() {
    Random random = new Random(3);
    float[] values = new float[3 * ROWS * WIDTH];
    for (int i = 0; i < values.length; i++) {
      int group = i / WIDTH / ROWS;
      values[i] = (float) (0.3 * random.nextGaussian()) + (i % WIDTH % 3 == group ? 1 : 0);
    }
    return new Rows(values, WIDTH);
  }

  /** Codes of each group's first row. */
  static float[] firstCodes(Autoencoder network) {
    float[] codes = Codes.of(network, rows(), CPU);
    float[] centroids = new float[6];
    for (int j = 0; j < 3; j++) {
      System.arraycopy(codes, 2 * j * ROWS, centroids, 2 * j, 2);
    }
    return centroids;
  }

  /** Share of the rows that have their cluster in common with their group's first row. */
  static double agreeing(float[] q) {
    int[] assigned = SoftAssignment.hard(q, 3);
    int count = 0;
    for (int i = 0; i < assigned.length; i++) {
      count += assigned[i] == assigned[i / ROWS * ROWS] ? 1 : 0;
    }
    return (double) count / assigned.length;
  }

  private Groups() {}
}
