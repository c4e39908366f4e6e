package org.vectormill.udfs.pool;

import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.encode.EncoderRequest;
import org.vectormill.udfs.encode.EngineKind;
import org.vectormill.udfs.encode.Modality;
import org.vectormill.udfs.encode.Precision;

/** Options that contradict each other, whatever the model. */
final class RequestRules {
  /**
   * @throws VectormillException ({@code USAGE}) naming the two options
   */
  static void check(EncoderRequest request) {
    if (request.modality() != null) {
      checkModality(request, request.modality());
    }
    if (request.engine() != null) {
      checkPrecision(request, request.engine());
    }
  }

  /** Options of the other modality would be without effect, which nobody means. */
  static void checkModality(EncoderRequest request, Modality modality) {
    switch (modality) {
      case TEXT -> {
        refuse(request.preprocessorUri() != null, "--preprocessor", "a text encoder");
        refuse(request.spatialPooling() != null, "--spatial-pooling", "a text encoder");
      }
      case IMAGE -> {
        refuse(request.pooling() != null, "--pooling", "an image encoder; see --spatial-pooling");
        refuse(hasPrefix(request), "--prefix", "an image encoder");
        refuse(request.maxLength() != null, "--max-length", "an image encoder");
        refuse(request.engine() == EngineKind.STATIC, "--engine static", "an image encoder");
        refuse(request.engine() == EngineKind.TFIDF, "--engine tfidf", "an image encoder");
      }
    }
  }

  private static boolean hasPrefix(EncoderRequest request) {
    return request.prefix() != null && !request.prefix().isEmpty();
  }

  /** Only a TorchScript file has its arithmetic checked against what is asked for. */
  static void checkPrecision(EncoderRequest request, EngineKind engine) {
    Precision precision = request.precision();
    if (engine != EngineKind.TORCHSCRIPT && precision != null && precision != Precision.FLOAT32) {
      throw VectormillException.usage(
          switch (engine) {
            case ONNX ->
                "--precision "
                    + precision
                    + ": an ONNX file runs in the precision that it was written in; leave the"
                    + " option out, or name a file that was converted";
            case STATIC, TFIDF, BUILTIN, TORCHSCRIPT ->
                "--precision " + precision + ": this encoder computes in float32 only";
          });
    }
  }

  private static void refuse(boolean given, String option, String encoder) {
    if (given) {
      throw VectormillException.usage(option + " has no effect on " + encoder + "; leave it out");
    }
  }

  private RequestRules() {}
}
