package org.vectormill.udfs.deep.training;

import java.util.Random;
import org.vectormill.udfs.deep.network.Autoencoder;
import org.vectormill.udfs.deep.network.Codes;
import org.vectormill.udfs.deep.network.Rows;
import org.vectormill.udfs.deep.network.SoftAssignment;
import org.vectormill.udfs.vectors.MatrixSpec;

/** Three groups of rows in 20 dimensions, sorted by group. */
public final class Groups {
  public static final MatrixSpec CPU = new MatrixSpec("cpu", 1);
  public static final int ROWS = 100;
  public static final int WIDTH = 20;
  public static final int[] WIDTHS = {WIDTH, 32, 2};

  public static Rows rows() {
    Random random = new Random(3);
    float[] values = new float[3 * ROWS * WIDTH];
    for (int i = 0; i < values.length; i++) {
      int group = i / WIDTH / ROWS;
      values[i] = (float) (0.3 * random.nextGaussian()) + (i % WIDTH % 3 == group ? 1 : 0);
    }
    return new Rows(values, WIDTH);
  }

  /** Codes of each group's first row. */
  public static float[] firstCodes(Autoencoder network) {
    float[] codes = Codes.of(network, rows(), CPU);
    float[] centroids = new float[6];
    for (int j = 0; j < 3; j++) {
      System.arraycopy(codes, 2 * j * ROWS, centroids, 2 * j, 2);
    }
    return centroids;
  }

  /** Share of the rows that have their cluster in common with their group's first row. */
  public static double agreeing(float[] q) {
    int[] assigned = SoftAssignment.hard(q, 3);
    int count = 0;
    for (int i = 0; i < assigned.length; i++) {
      count += assigned[i] == assigned[i / ROWS * ROWS] ? 1 : 0;
    }
    return (double) count / assigned.length;
  }

  private Groups() {}
}
