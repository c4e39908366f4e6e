package org.vectormill.jobs.embed;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.ContentHash;
import org.vectormill.udfs.deep.network.ClusterNetwork;
import org.vectormill.udfs.deep.network.NetworkTensors;
import org.vectormill.udfs.encode.EncoderRequest;
import org.vectormill.udfs.encode.EncoderSpec;
import org.vectormill.udfs.encode.EngineKind;
import org.vectormill.udfs.encode.Modality;
import org.vectormill.udfs.encode.Precision;
import org.vectormill.udfs.tensors.TensorFile;
import org.vectormill.udfs.vectors.MatrixSpec;
import org.vectormill.udfs.vectors.Metric;

/** Vectors, and a network that {@code cluster} trained on vectors of the same encoder. */
final class VectorSource {
  static EmbedSource of(
      SparkSession spark, Table vectors, EmbedOptions options, Configuration conf) {
    EncoderRequest request = options.encoder();
    refuseOptions(request);
    byte[] bytes = bytes(request.uri(), conf);
    String name = "--encoder " + request.uri();
    TensorFile file = TensorFile.read(bytes, name);
    String algorithm = String.valueOf(file.fact("vectormill_model"));
    if (algorithm.equals("kmeans") || algorithm.equals("null")) {
      throw VectormillException.input(
          name
              + ": holds no network (vectormill_model is "
              + algorithm
              + "); name a model.safetensors of cluster --algorithm dec, idec or icon, or a"
              + " pretrained.safetensors, and make it anew where an earlier build made it");
    }
    ClusterNetwork network = NetworkTensors.get(file, name);
    requireFits(name, network, file.fact("encoder_fingerprint"), vectors);
    boolean normalise = Boolean.TRUE.equals(request.normalise());
    EncoderSpec spec = spec(request, ContentHash.of(bytes), vectors, normalise);
    MatrixSpec matrices = new MatrixSpec(options.runtime().device(), options.runtime().threads());
    return new EmbedSource(
        spec,
        network::embeddingLength,
        UnitRows.CHEAP_ROWS,
        new CodeWork(
            JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(network),
            Metric.ofCode(file.fact("metric")),
            spec.fingerprint(),
            normalise,
            matrices));
  }

  /** PyTorch runs it; what its vectors are of is part of what decides a code. */
  private static EncoderSpec spec(
      EncoderRequest request, String digest, Table vectors, boolean normalise) {
    JsonNode encoder = vectors.manifest().encoder();
    String modality = encoder == null ? "" : encoder.path("modality").asText();
    return new EncoderSpec(
        request.uri(),
        digest + " on " + vectors.manifest().encoderFingerprint(),
        EngineKind.TORCHSCRIPT,
        Modality.IMAGE.name().equals(modality) ? Modality.IMAGE : Modality.TEXT,
        null,
        null,
        null,
        normalise,
        0,
        Precision.FLOAT32);
  }

  private static void requireFits(
      String name, ClusterNetwork network, String encoder, Table vectors) {
    String theirs = vectors.manifest().encoderFingerprint();
    int dimension = vectors.manifest().dimension();
    if (network.inputs() != dimension || !theirs.equals(encoder)) {
      throw VectormillException.usage(
          "%s: a network for vectors of dimension %d and encoder %s, those of --input have %d and %s; name the vectors that it was trained on, or others of their encoder"
              .formatted(name, network.inputs(), encoder, dimension, theirs));
    }
  }

  private static void refuseOptions(EncoderRequest request) {
    Map<String, Object> given = new LinkedHashMap<>();
    given.put("--modality", request.modality());
    given.put("--engine", request.engine());
    given.put("--pooling", request.pooling());
    given.put("--prefix", "".equals(request.prefix()) ? null : request.prefix());
    given.put("--max-length", request.maxLength());
    given.put("--preprocessor", request.preprocessorUri());
    given.put("--spatial-pooling", request.spatialPooling());
    given.put("--output-tensor", request.output());
    given.put("--dimensions", request.dimensions() > 0 ? request.dimensions() : null);
    given.forEach(
        (option, value) -> {
          if (value != null) {
            throw VectormillException.usage(
                option + " has no effect on an --input of vectors; leave it out");
          }
        });
  }

  private static byte[] bytes(String uri, Configuration conf) {
    if (!uri.endsWith(".safetensors")) {
      throw VectormillException.usage(
          "--encoder "
              + uri
              + ": --input is a vectors table, which a network that cluster trained reads (a"
              + " model.safetensors); name one, or an --input of items");
    }
    Path path = new Path(uri);
    try (var in = path.getFileSystem(conf).open(path)) {
      return in.readAllBytes();
    } catch (FileNotFoundException e) {
      throw new VectormillException(
          Fault.INPUT, "--encoder " + uri + ": no file there; name a model.safetensors", e);
    } catch (IOException e) {
      throw new VectormillException(
          Fault.RETRY, "--encoder " + uri + " can't be read: " + e.getMessage(), e);
    }
  }

  private VectorSource() {}
}
