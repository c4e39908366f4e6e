package org.vectormill.udfs.pool;

import java.util.Optional;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.builtin.BuiltinImageEncoder;
import org.vectormill.udfs.builtin.BuiltinTextEncoder;
import org.vectormill.udfs.builtin.PixelsEncoder;
import org.vectormill.udfs.encode.EncoderRequest;
import org.vectormill.udfs.encode.EncoderSpec;
import org.vectormill.udfs.encode.EngineKind;
import org.vectormill.udfs.encode.ImageEncoder;
import org.vectormill.udfs.encode.ImageSpec;
import org.vectormill.udfs.encode.Modality;
import org.vectormill.udfs.encode.Precision;
import org.vectormill.udfs.encode.RuntimeOptions;
import org.vectormill.udfs.encode.SpatialPooling;
import org.vectormill.udfs.encode.TextEncoder;
import org.vectormill.udfs.encode.TextSpec;
import org.vectormill.udfs.text.TextEncoders;

/**
 * {@code builtin:text}, {@code builtin:image} and {@code builtin:pixels}: nothing to find, nothing
 * to fetch.
 */
final class BuiltinEncoders {
  static final String TEXT = "builtin:text";
  static final String IMAGE = "builtin:image";

  static EncoderSpec resolve(ModelUri uri, EncoderRequest request) {
    Optional<PixelsEncoder.Shape> pixels = PixelsEncoder.Shape.of(uri.location());
    Modality modality = pixels.isPresent() ? Modality.IMAGE : modality(uri.location());
    if (uri.pin() != null) {
      throw VectormillException.usage(
          "encoder " + uri.location() + " has no files to pin; leave #sha256= out");
    }
    requireNothingElse(request, modality);
    RequestRules.checkModality(request, modality);
    RequestRules.checkPrecision(request, EngineKind.BUILTIN);
    boolean normalise = request.normalise() == null ? pixels.isEmpty() : request.normalise();
    boolean text = modality == Modality.TEXT;
    if (pixels.isPresent()) {
      refuse(request, request.dimensions() > 0, "--dimensions");
    } else if (!text) {
      // Its checks are wanted on the driver already.
      new BuiltinImageEncoder.Options(normalise, request.dimensions(), request.maxPixels(), 1);
    }
    TextSpec texts = text ? TextEncoders.spec(request, EngineKind.BUILTIN, null) : null;
    return new EncoderSpec(
        uri.location(),
        digest(uri.location()),
        EngineKind.BUILTIN,
        modality,
        texts,
        text ? null : new ImageSpec(null, SpatialPooling.NONE, 1, request.maxPixels()),
        null,
        normalise,
        request.dimensions(),
        Precision.FLOAT32);
  }

  private static String digest(String location) {
    return PixelsEncoder.Shape.of(location)
        .map(PixelsEncoder.Shape::digest)
        .orElse(location.equals(TEXT) ? BuiltinTextEncoder.DIGEST : BuiltinImageEncoder.DIGEST);
  }

  private static Modality modality(String location) {
    return switch (location) {
      case TEXT -> Modality.TEXT;
      case IMAGE -> Modality.IMAGE;
      default ->
          throw VectormillException.usage(
              "encoder "
                  + location
                  + ": built in are "
                  + TEXT
                  + ", "
                  + IMAGE
                  + ", and "
                  + PixelsEncoder.PREFIX
                  + "28x28:grey or :rgb of any size");
    };
  }

  private static void requireNothingElse(EncoderRequest request, Modality modality) {
    if (request.modality() != null && request.modality() != modality) {
      throw VectormillException.usage(
          "encoder " + request.uri() + " contradicts --modality " + request.modality().code());
    }
    refuse(request, request.engine() != null && request.engine() != EngineKind.BUILTIN, "--engine");
    refuse(request, request.output() != null, "--output-tensor");
    refuse(request, request.preprocessorUri() != null, "--preprocessor");
    refuse(
        request,
        request.spatialPooling() != null && request.spatialPooling() != SpatialPooling.NONE,
        "--spatial-pooling");
  }

  private static void refuse(EncoderRequest request, boolean given, String option) {
    if (given) {
      throw VectormillException.usage(
          "encoder " + request.uri() + " does not take " + option + "; leave it out");
    }
  }

  static TextEncoder text(EncoderSpec spec, RuntimeOptions options) {
    requireDigest(spec, BuiltinTextEncoder.DIGEST);
    return TextEncoders.load(spec, null, null, options);
  }

  static ImageEncoder image(EncoderSpec spec, RuntimeOptions options) {
    requireDigest(spec, digest(spec.uri()));
    Optional<PixelsEncoder.Shape> pixels = PixelsEncoder.Shape.of(spec.uri());
    if (pixels.isPresent()) {
      return new PixelsEncoder(
          pixels.get(), spec.normalise(), spec.image().maxPixels(), options.threads());
    }
    return new BuiltinImageEncoder(
        new BuiltinImageEncoder.Options(
            spec.normalise(), spec.dimensions(), spec.image().maxPixels(), options.threads()));
  }

  private static void requireDigest(EncoderSpec spec, String digest) {
    if (!spec.digest().equals(digest)) {
      throw VectormillException.encoder(
          "encoder "
              + spec.uri()
              + ": this machine's Vectormill has "
              + digest
              + ", the driver's had "
              + spec.digest()
              + "; install one version everywhere");
    }
  }

  private BuiltinEncoders() {}
}
