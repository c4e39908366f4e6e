package org.vectormill.udfs.builtin;

/** Histograms of gradient directions over a 4 x 4 grid of the luma image. */
final class EdgeHistogram {
  private static final int GRID = 4;
  private static final int DIRECTIONS = 8;
  static final int LENGTH = GRID * GRID * DIRECTIONS;

  private static final double[] COS = new double[DIRECTIONS];
  private static final double[] SIN = new double[DIRECTIONS];

  static {
    for (int d = 0; d < DIRECTIONS; d++) {
      COS[d] = StrictMath.cos(Math.PI * d / DIRECTIONS);
      SIN[d] = StrictMath.sin(Math.PI * d / DIRECTIONS);
    }
  }

  /**
   * Histograms of {@code side x side} interleaved RGB bytes, cell by cell: square roots, less their
   * mean in each cell, so that what counts is where edges run and not how many there are.
   */
  static double[] of(byte[] rgb, int side) {
    int[] luma = new int[side * side];
    for (int i = 0; i < luma.length; i++) {
      luma[i] =
          299 * (rgb[3 * i] & 0xff) + 587 * (rgb[3 * i + 1] & 0xff) + 114 * (rgb[3 * i + 2] & 0xff);
    }
    double[] cells = new double[LENGTH];
    for (int y = 1; y < side - 1; y++) {
      for (int x = 1; x < side - 1; x++) {
        int at = y * side + x;
        double dx = (luma[at + 1] - luma[at - 1]) / 1000.0;
        double dy = (luma[at + side] - luma[at - side]) / 1000.0;
        add(cells, side, x, y, dx, dy);
      }
    }
    for (int cell = 0; cell < LENGTH; cell += DIRECTIONS) {
      centre(cells, cell);
    }
    return cells;
  }

  private static void centre(double[] cells, int cell) {
    double sum = 0;
    for (int i = cell; i < cell + DIRECTIONS; i++) {
      cells[i] = Math.sqrt(cells[i]);
      sum += cells[i];
    }
    for (int i = cell; i < cell + DIRECTIONS; i++) {
      cells[i] -= sum / DIRECTIONS;
    }
  }

  /** Shares one gradient among the four nearest cells, in its two nearest directions. */
  private static void add(double[] cells, int side, int x, int y, double dx, double dy) {
    double length = Math.sqrt(dx * dx + dy * dy);
    if (length == 0) {
      return;
    }
    double cellX = (x + 0.5) * GRID / side - 0.5;
    double cellY = (y + 0.5) * GRID / side - 0.5;
    int left = (int) Math.floor(cellX);
    int top = (int) Math.floor(cellY);
    for (int d = 0; d < DIRECTIONS; d++) {
      double along = Math.abs(dx * COS[d] + dy * SIN[d]) / length;
      // Zero beyond 22.5 degrees, the distance of the next direction: cos(22.5 degrees) = 0.9239.
      double weight = (along - 0.9238795325112867) * length;
      if (weight > 0) {
        for (int corner = 0; corner < 4; corner++) {
          int cx = left + (corner & 1);
          int cy = top + (corner >> 1);
          double share = (1 - Math.abs(cellX - cx)) * (1 - Math.abs(cellY - cy));
          if (cx >= 0 && cx < GRID && cy >= 0 && cy < GRID) {
            cells[(cy * GRID + cx) * DIRECTIONS + d] += weight * share;
          }
        }
      }
    }
  }

  private EdgeHistogram() {}
}
