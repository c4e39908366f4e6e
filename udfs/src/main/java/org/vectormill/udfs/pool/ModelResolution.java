package org.vectormill.udfs.pool;

import org.apache.hadoop.conf.Configuration;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.encode.EncoderRequest;
import org.vectormill.udfs.encode.EncoderSpec;
import org.vectormill.udfs.encode.EngineKind;
import org.vectormill.udfs.encode.ImageSpec;
import org.vectormill.udfs.encode.Modality;
import org.vectormill.udfs.encode.Precision;
import org.vectormill.udfs.encode.SpatialPooling;
import org.vectormill.udfs.encode.TextSpec;
import org.vectormill.udfs.engine.OnnxFile;
import org.vectormill.udfs.text.TextEncoders;

/** From a request and a model's files to everything that decides a vector. */
final class ModelResolution {
  static EncoderSpec resolve(ModelUri uri, EncoderRequest request, Configuration conf) {
    LocalModel model = ModelStore.ofHost(conf).find(uri, request.engine(), uri.pin());
    EngineKind engine = model.layout().engine();
    requireTrust(uri, engine, request);
    RequestRules.checkPrecision(request, engine);
    Modality modality = modality(uri, request, model);
    RequestRules.checkModality(request, modality);
    if (engine == EngineKind.ONNX) {
      OnnxFile.read(model.network()).output(request.output());
    }
    boolean text = modality == Modality.TEXT;
    TextSpec texts = text ? TextEncoders.spec(request, engine, model.folder()) : null;
    ImageSpec images = text ? null : image(uri, request, model, conf);
    return new EncoderSpec(
        uri.shown(),
        model.digest(),
        engine,
        modality,
        texts,
        images,
        request.output(),
        normalise(request, engine, text, model),
        request.dimensions(),
        request.precision() == null ? Precision.FLOAT32 : request.precision());
  }

  /** TorchScript is a program: it can do what this process can. */
  private static void requireTrust(ModelUri uri, EngineKind engine, EncoderRequest request) {
    if (engine == EngineKind.TORCHSCRIPT && uri.isRemote() && !request.trustModel()) {
      throw VectormillException.usage(
          "encoder "
              + uri.shown()
              + " is TorchScript, a program, from elsewhere; add --trust-model if you trust it");
    }
  }

  private static Modality modality(ModelUri uri, EncoderRequest request, LocalModel model) {
    if (model.layout().engine() == EngineKind.TFIDF) {
      return request.modality() == null ? Modality.TEXT : request.modality();
    }
    boolean tokenizer = model.has(ModelLayout.TOKENIZER);
    boolean preprocessor = model.has(ModelLayout.PREPROCESSOR) || request.preprocessorUri() != null;
    if (request.modality() == null) {
      if (tokenizer == preprocessor) {
        throw VectormillException.usage(
            "encoder "
                + uri.shown()
                + (tokenizer
                    ? " has both tokenizer.json and a preprocessor"
                    : " has neither tokenizer.json nor a preprocessor")
                + ": say --modality text or image");
      }
      return tokenizer ? Modality.TEXT : Modality.IMAGE;
    }
    if (request.modality() == Modality.TEXT && !tokenizer) {
      throw VectormillException.usage(
          "encoder "
              + uri.shown()
              + " has no tokenizer.json, which --modality text needs; found "
              + model.layout().companions());
    }
    return request.modality();
  }

  private static ImageSpec image(
      ModelUri uri, EncoderRequest request, LocalModel model, Configuration conf) {
    if (!model.layout().engine().runsNetwork()) {
      throw VectormillException.usage(
          "encoder "
              + uri.shown()
              + (model.layout().engine() == EngineKind.TFIDF
                  ? " holds a tf-idf vocabulary, which reads texts only"
                  : " holds static token embeddings, which read texts only"));
    }
    SpatialPooling pooling =
        request.spatialPooling() == null ? SpatialPooling.NONE : request.spatialPooling();
    return new ImageSpec(
        PreprocessorSource.read(uri, request, model, conf),
        pooling,
        pooling == SpatialPooling.GEM ? request.gemPower() : 1,
        request.maxPixels());
  }

  private static boolean normalise(
      EncoderRequest request, EngineKind engine, boolean text, LocalModel model) {
    if (request.normalise() != null) {
      return request.normalise();
    }
    return !text || TextEncoders.normalises(engine, model.folder());
  }

  private ModelResolution() {}
}
