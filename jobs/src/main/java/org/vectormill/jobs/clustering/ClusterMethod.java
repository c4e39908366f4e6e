package org.vectormill.jobs.clustering;

import java.util.List;
import java.util.Optional;
import org.vectormill.schemas.ItemColumns;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.deep.dec.DeepOptions;
import org.vectormill.udfs.deep.depict.DepictOptions;
import org.vectormill.udfs.deep.icon.HeadOptions;
import org.vectormill.udfs.deep.lls.ShiftOptions;
import org.vectormill.udfs.deep.nat.NoiseOptions;
import org.vectormill.udfs.vectors.AverageLinkage;

/** How clusters are found. */
public sealed interface ClusterMethod {
  /** All names. */
  List<String> CODES =
      List.of(KMeans.CODE, "dec", "idec", Depict.CODE, Heads.CODE, Noise.CODE, Shift.CODE);

  /** The name in options, models and messages. */
  String code();

  /** Number of clusters. */
  int k();

  /** The same with another number of clusters. */
  ClusterMethod withK(int other);

  /** URI of the file that clustering starts from; empty where it starts anew. */
  default Optional<String> start() {
    return Optional.empty();
  }

  /** Whether codes are compared, by Euclidean distance, and not the vectors themselves. */
  default boolean comparesCodes() {
    return false;
  }

  /**
   * @throws VectormillException ({@code USAGE}) where so few rows can't be trained on
   */
  default void requireRows(long rows) {}

  private static void requireWorkers(int workers) {
    if (workers < 1) {
      throw VectormillException.usage("--workers must be at least 1, got " + workers);
    }
  }

  /** A row is trained beside its neighbours, which are rows of the same worker. */
  private static void requireNeighbours(long rows, int workers, int neighbours) {
    if (rows < (long) workers * (neighbours + 1)) {
      throw VectormillException.usage(
          "--workers %d with --neighbours %d: %,d rows are too few for each worker to have a row and its neighbours; lower one of the two"
              .formatted(workers, neighbours, rows));
    }
  }

  /**
   * k-means of the vectors themselves.
   *
   * @param levels clusters of each level above the lowest, falling; empty for one level
   * @param levelMethod how the levels above the lowest are found
   * @param joinWithin clusters of the highest level that are so near are joined in one more level,
   *     Euclidean or 1 - cosine, at least 0; empty for no such level
   * @param balanced bound on the size of clusters; empty for none
   */
  record KMeans(
      KMeansOptions options,
      List<Integer> levels,
      LevelMethod levelMethod,
      Optional<Double> joinWithin,
      Optional<Balance> balanced)
      implements ClusterMethod {
    static final String CODE = "kmeans";

    public KMeans {
      levels = List.copyOf(levels);
      joinWithin.ifPresent(
          distance -> {
            if (!(distance >= 0) || distance.isInfinite()) {
              throw VectormillException.usage("--join-within must be at least 0, got " + distance);
            }
          });
      if (levelMethod == LevelMethod.AVERAGE && options.k() > AverageLinkage.MAX_ROWS) {
        throw VectormillException.usage(
            "--level-method average takes at most %,d clusters on the lowest level, got %,d; use kmeans"
                .formatted(AverageLinkage.MAX_ROWS, options.k()));
      }
      int below = options.k();
      for (int k : levels) {
        if (k < 1 || k >= below) {
          throw VectormillException.usage(
              "--levels must fall from one to the next and be at least 1, got "
                  + k
                  + " after "
                  + below);
        }
        below = k;
      }
    }

    @Override
    public Optional<String> start() {
      return options.start();
    }

    @Override
    public String code() {
      return CODE;
    }

    @Override
    public int k() {
      return options.k();
    }

    @Override
    public KMeans withK(int other) {
      return new KMeans(options.withK(other), levels, levelMethod, joinWithin, balanced);
    }
  }

  /** Codes of a network that workers train in batches of rows. */
  sealed interface Coded extends ClusterMethod {
    int workers();

    /** Rows of a worker's step. */
    int batch();

    @Override
    default boolean comparesCodes() {
      return true;
    }

    /** Where a worker has fewer rows than a step, all its steps are of the same few. */
    @Override
    default void requireRows(long rows) {
      if (rows < (long) workers() * batch()) {
        throw VectormillException.usage(
            "--workers %d: %,d rows are fewer than a step of %d for each of them; lower --workers or --batch"
                .formatted(workers(), rows, batch()));
      }
    }
  }

  /**
   * Codes of a network that is trained while it clusters.
   *
   * @param code {@code dec} or {@code idec}
   * @param workers that train parts of the rows on their own, at least 1
   * @param start URI of a safetensors file with a network that is trained already; empty for new
   *     weights
   */
  record Deep(String code, DeepOptions options, int workers, Optional<String> start)
      implements Coded {
    static final List<String> CODES = List.of("dec", "idec");

    public Deep {
      requireWorkers(workers);
      if (start.isEmpty() && options.allEpochs() < 1) {
        throw VectormillException.usage(
            "--epochs 0 leaves the network untrained; ask for some, or name a trained one with --start");
      }
    }

    @Override
    public int k() {
      return options.k();
    }

    @Override
    public Deep withK(int other) {
      return new Deep(code, options.withK(other), workers, start);
    }

    @Override
    public int batch() {
      return options.steps().batch();
    }
  }

  /**
   * Heads on frozen vectors.
   *
   * @param workers that train parts of the rows on their own, at least 1
   */
  record Heads(HeadOptions options, int workers) implements ClusterMethod {
    static final String CODE = "icon";

    public Heads {
      requireWorkers(workers);
    }

    @Override
    public String code() {
      return CODE;
    }

    @Override
    public int k() {
      return options.k();
    }

    @Override
    public Heads withK(int other) {
      return new Heads(options.withK(other), workers);
    }

    @Override
    public void requireRows(long rows) {
      requireNeighbours(rows, workers, options.neighbours());
    }
  }

  /**
   * Codes of a convolutional network, and a softmax layer on them.
   *
   * @param workers that train parts of the rows on their own, at least 1
   */
  record Depict(DepictOptions options, int workers) implements Coded {
    static final String CODE = "depict";

    public Depict {
      requireWorkers(workers);
    }

    @Override
    public String code() {
      return CODE;
    }

    @Override
    public int k() {
      return options.k();
    }

    @Override
    public Depict withK(int other) {
      return new Depict(options.withK(other), workers);
    }

    @Override
    public void requireRows(long rows) {
      Coded.super.requireRows(rows);
      options.heads().ifPresent(heads -> requireNeighbours(rows, workers, heads.neighbours()));
    }

    @Override
    public int batch() {
      return options.steps().batch();
    }
  }

  /**
   * Codes that are drawn to points of noise, and k-means of them.
   *
   * @param workers that train parts of the rows on their own, at least 1
   */
  record Noise(NoiseOptions options, int workers) implements Coded {
    static final String CODE = "nat";

    public Noise {
      requireWorkers(workers);
    }

    @Override
    public String code() {
      return CODE;
    }

    @Override
    public int k() {
      return options.k();
    }

    @Override
    public Noise withK(int other) {
      return new Noise(options.withK(other), workers);
    }

    @Override
    public int batch() {
      return options.steps().batch();
    }
  }

  /**
   * Classes that have other shares in each domain.
   *
   * @param domain name of the items' attribute that says where they come from
   * @param workers that train parts of the rows on their own, at least 1
   */
  record Shift(ShiftOptions options, String domain, int workers) implements Coded {
    static final String CODE = "lls";

    public Shift {
      requireWorkers(workers);
      if (domain == null || domain.isBlank()) {
        throw VectormillException.usage(
            "--algorithm lls needs --domain: the attribute that says where an item comes from, or split");
      }
      if (domain.equals(ItemColumns.LABEL)) {
        throw VectormillException.usage(
            "--domain label: training never sees a label; name an attribute, or split");
      }
    }

    @Override
    public String code() {
      return CODE;
    }

    @Override
    public int k() {
      return options.k();
    }

    @Override
    public Shift withK(int other) {
      return this;
    }

    @Override
    public int batch() {
      return options.steps().batch();
    }
  }
}
