package org.vectormill.udfs.image;

import java.io.IOException;
import javax.imageio.ImageReader;
import org.vectormill.schemas.RejectReason;

/** The first image of a TIFF, decoded by TwelveMonkeys. */
final class TiffCodec implements Codec {
  private static final long MOST_SAMPLES = 8;
  private static final long LARGEST_TILE = 1 << 24;

  @Override
  public ImageHeader header(ByteView file) throws ImageRejectedException {
    TiffDirectory directory = new TiffDirectory(file);
    long width = directory.value(TiffDirectory.WIDTH, 0);
    long height = directory.value(TiffDirectory.HEIGHT, 0);
    if (width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
      throw undecodable("TIFF of " + width + " x " + height + " pixels");
    }
    int orientation = (int) directory.value(TiffDirectory.ORIENTATION, 1);
    return new ImageHeader(
        ImageFormat.TIFF, (int) width, (int) height, Orientation.valid(orientation));
  }

  @Override
  public void requireComplete(ByteView file) throws ImageRejectedException {
    TiffDirectory directory = new TiffDirectory(file);
    directory.requireData(TiffDirectory.STRIP_OFFSETS, TiffDirectory.STRIP_SIZES);
    directory.requireData(TiffDirectory.TILE_OFFSETS, TiffDirectory.TILE_SIZES);
    directory.requireValues(TiffDirectory.COLOUR_MAP, 2);
    directory.requireValues(TiffDirectory.JPEG_TABLES, 1);
    long samples = directory.value(TiffDirectory.SAMPLES, 1);
    if (samples > MOST_SAMPLES) {
      throw undecodable("TIFF of " + samples + " samples a pixel, at most " + MOST_SAMPLES);
    }
    long tileWidth = directory.value(TiffDirectory.TILE_WIDTH, 1);
    long tileHeight = directory.value(TiffDirectory.TILE_HEIGHT, 1);
    if (tileWidth > LARGEST_TILE
        || tileHeight > LARGEST_TILE
        || tileWidth * tileHeight > LARGEST_TILE) {
      throw undecodable("TIFF with tiles of " + tileWidth + " x " + tileHeight + " pixels");
    }
  }

  @Override
  public RgbImage decode(ByteView file, ImageHeader header) throws IOException {
    ImageReader reader = Readers.tiff();
    try {
      reader.setInput(new ByteArrayImageInput(file.bytes()), true, true);
      return BufferedPixels.toRgb(reader.read(0));
    } finally {
      reader.dispose();
    }
  }

  private static ImageRejectedException undecodable(String message) {
    return new ImageRejectedException(RejectReason.UNDECODABLE, message);
  }
}
