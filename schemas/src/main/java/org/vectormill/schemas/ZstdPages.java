package org.vectormill.schemas;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Codecs of a file's pages: Zstandard from array to array, each page in one call, since Parquet's
 * own goes through streams and their windows; the other codecs are Parquet's. Of one thread.
 */
final class ZstdPages implements CompressionCodecFactory {
  /** Zstandard's fastest regular level: float vectors hardly shrink further at higher ones. */
  private static final int LEVEL = 1;

  private final CodecFactory others;
  private final Decompressor decompressor = new Decompressor();
  private Compressor compressor;

  ZstdPages(Configuration conf) {
    this.others = new CodecFactory(conf, 0);
  }

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName name) {
    if (name != CompressionCodecName.ZSTD) {
      return others.getCompressor(name);
    }
    if (compressor == null) {
      compressor = new Compressor();
    }
    return compressor;
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
    return name == CompressionCodecName.ZSTD ? decompressor : others.getDecompressor(name);
  }

  /**
   * Whether a page's bytes stay valid only until the next page is decompressed. They then share one
   * array, which spares the heap an array of a page's size, large by a collector's measure, for
   * each.
   */
  void shareArray(boolean shared) {
    decompressor.share(shared);
  }

  @Override
  public void release() {
    decompressor.release();
    if (compressor != null) {
      compressor.release();
    }
    others.release();
  }

  private static final class Compressor implements BytesInputCompressor {
    private final ZstdCompressCtx context = new ZstdCompressCtx().setLevel(LEVEL);
    private byte[] to = new byte[0];

    /** The result is valid until the next call, as Parquet's own compressors have it. */
    @Override
    public BytesInput compress(BytesInput bytes) throws IOException {
      ByteBuffer from = onHeap(bytes.toByteBuffer());
      long bound = Zstd.compressBound(from.remaining());
      if (to.length < bound) {
        to = new byte[Math.toIntExact(bound)];
      }
      int size =
          context.compressByteArray(to, 0, to.length, from.array(), start(from), from.remaining());
      return BytesInput.from(to, 0, size);
    }

    @Override
    public CompressionCodecName getCodecName() {
      return CompressionCodecName.ZSTD;
    }

    @Override
    public void release() {
      context.close();
    }
  }

  private static final class Decompressor implements BytesInputDecompressor {
    private ZstdDecompressCtx context;
    private byte[] shared;

    void share(boolean share) {
      shared = share ? new byte[0] : null;
    }

    @Override
    public BytesInput decompress(BytesInput bytes, int size) throws IOException {
      byte[] to = target(size);
      decompress(onHeap(bytes.toByteBuffer()), to, 0, size);
      return BytesInput.from(to, 0, size);
    }

    private byte[] target(int size) {
      if (shared == null) {
        return new byte[size];
      }
      if (shared.length < size) {
        shared = new byte[size];
      }
      return shared;
    }

    @Override
    public void decompress(ByteBuffer from, int compressedSize, ByteBuffer to, int size)
        throws IOException {
      byte[] bytes = new byte[size];
      decompress(onHeap(from.slice(from.position(), compressedSize)), bytes, 0, size);
      from.position(from.position() + compressedSize);
      to.put(bytes);
    }

    private void decompress(ByteBuffer from, byte[] to, int at, int size) throws IOException {
      if (context == null) {
        context = new ZstdDecompressCtx();
      }
      int made;
      try {
        made =
            context.decompressByteArray(to, at, size, from.array(), start(from), from.remaining());
      } catch (ZstdException e) {
        throw new IOException("a page is damaged: " + e.getMessage(), e);
      }
      if (made != size) {
        throw new IOException("a page is damaged: it holds " + made + " bytes, expected " + size);
      }
    }

    @Override
    public void release() {
      if (context != null) {
        context.close();
        context = null;
      }
    }
  }

  private static int start(ByteBuffer from) {
    return from.arrayOffset() + from.position();
  }

  private static ByteBuffer onHeap(ByteBuffer bytes) {
    if (bytes.hasArray()) {
      return bytes;
    }
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return ByteBuffer.wrap(copy);
  }
}
