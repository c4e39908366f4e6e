package org.vectormill.udfs.image;

import java.util.Arrays;
import org.vectormill.udfs.image.PreprocessorSpec.Interpolation;

/**
 * A grid of small pictures on white, as one PNG. Pictures are scaled until their longer side fills
 * the cell, smaller ones too, and stand in its middle. One thread at a time.
 */
public final class ContactSheet {
  /** Width and height of a cell, in pixels. */
  public static final int CELL = 96;

  /** Pixels between cells, and around them. */
  public static final int GAP = 4;

  private static final byte WHITE = (byte) 255;
  private static final byte GREY = (byte) 224;

  private final RgbImage sheet;

  public ContactSheet(int columns, int rows) {
    int width = length(columns);
    int height = length(rows);
    byte[] pixels = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
    Arrays.fill(pixels, WHITE);
    this.sheet = new RgbImage(width, height, pixels);
  }

  /** Pixels of so many cells in a line, with the gaps. */
  public static int length(int cells) {
    return Math.addExact(GAP, Math.multiplyExact(cells, CELL + GAP));
  }

  /**
   * The picture at the size that it has in a cell.
   *
   * @throws ImageRejectedException ({@code UNDECODABLE}) for an image so thin that it can't be
   *     resized
   */
  public static RgbImage fit(RgbImage image) throws ImageRejectedException {
    double scale = (double) CELL / Math.max(image.width(), image.height());
    int width = Math.max(1, (int) Math.round(image.width() * scale));
    int height = Math.max(1, (int) Math.round(image.height() * scale));
    return Resampler.resize(image, Interpolation.BILINEAR, Window.whole(width, height));
  }

  /**
   * Puts a picture into a cell; both count from 0.
   *
   * @param fitted as {@link #fit} gave it
   */
  public void put(int column, int row, RgbImage fitted) {
    int left = length(column) + (CELL - fitted.width()) / 2;
    int top = length(row) + (CELL - fitted.height()) / 2;
    for (int y = 0; y < fitted.height(); y++) {
      System.arraycopy(
          fitted.pixels(),
          3 * y * fitted.width(),
          sheet.pixels(),
          at(left, top + y),
          3 * fitted.width());
    }
  }

  /** Leaves a cell blank, which is grey, so that it doesn't look like the end of a row. */
  public void blank(int column, int row) {
    int left = length(column);
    int top = length(row);
    for (int y = top; y < top + CELL; y++) {
      Arrays.fill(sheet.pixels(), at(left, y), at(left + CELL, y), GREY);
    }
  }

  private int at(int x, int y) {
    return 3 * (y * sheet.width() + x);
  }

  /** The sheet as it is now. */
  public byte[] png() {
    return PngEncoder.encode(sheet);
  }
}
