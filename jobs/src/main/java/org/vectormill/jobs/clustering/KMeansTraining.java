package org.vectormill.jobs.clustering;

import java.util.Arrays;
import java.util.Optional;
import org.vectormill.jobs.runner.RunContext;
import org.vectormill.udfs.vectors.BlockBatch;
import org.vectormill.udfs.vectors.CentroidUpdate;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.ClusterSums;
import org.vectormill.udfs.vectors.MatrixSpec;
import org.vectormill.udfs.vectors.RowKey;
import org.vectormill.udfs.vectors.SearchedCentroids;

/**
 * k-means over blocks (Lloyd 1982; with {@code --batch-rows}, Sculley 2010), from several starts.
 * After each iteration its state is kept, and a later run of the same plan goes on from there to
 * the same bits.
 */
final class KMeansTraining {
  private final BlockSet set;
  private final KMeansOptions options;
  private final MatrixSpec matrices;
  private final Optional<Centroids> start;
  private final TrainingFiles files;
  private final RunContext context;

  /**
   * @param start centroids to start from; empty where they are chosen
   */
  KMeansTraining(
      BlockSet set,
      KMeansOptions options,
      MatrixSpec matrices,
      Optional<Centroids> start,
      TrainingFiles files,
      RunContext context) {
    this.set = set;
    this.options = options;
    this.matrices = matrices;
    this.start = start;
    this.files = files;
    this.context = context;
  }

  /**
   * What came of it.
   *
   * @param end the last start's end
   * @param best the start of least cost
   * @param resumed iterations that an earlier run had done of the start that it was at
   * @param startsResumed starts that it had finished
   */
  record Trained(TrainingState end, TrainingState.Best best, int resumed, int startsResumed) {}

  Trained run() {
    Optional<TrainingState> earlier = files.last(TrainingState::read);
    TrainingState state = earlier.orElseGet(() -> TrainingState.start(0, options.k(), null));
    int resumed = state.iterations();
    int finished = state.restart();
    context.progress().start("k-means", rowsAStart() * options.restarts(), "rows");
    context.progress().advance((long) state.restart() * rowsAStart() + resumed * rowsAPass());
    while (true) {
      state = finish(state);
      // What a start didn't need is done too.
      context.progress().advance(rowsAStart() - state.iterations() * rowsAPass());
      TrainingState.Best best = state.finished();
      if (state.restart() + 1 >= options.restarts()) {
        return new Trained(state, best, resumed, finished);
      }
      state = TrainingState.start(state.restart() + 1, options.k(), best);
    }
  }

  /** Iterates to the end of one start. */
  private TrainingState finish(TrainingState from) {
    TrainingState state = from;
    while (!ended(state)) {
      if (state.centroids() == null) {
        state = withFirst(state);
      }
      state = options.batchRows() > 0 && !last(state) ? batchStep(state) : step(state);
      files.keep("%05d-%07d".formatted(state.restart(), state.iterations()), state.write());
      context.progress().advance(rowsAPass());
    }
    return state;
  }

  private TrainingState withFirst(TrainingState state) {
    Centroids first =
        start.orElseGet(
            () ->
                new FirstCentroids(set, matrices)
                    .choose(options.init(), options.k(), seed(state, 0)));
    return new TrainingState(
        state.restart(), first, state.curve(), state.seen(), state.best(), null);
  }

  private TrainingState step(TrainingState state) {
    ClusterSums sums = SumPass.of(set, searched(state), matrices, Optional.empty());
    return state.then(CentroidUpdate.means(state.centroids(), sums), sums.cost(), sums.counts());
  }

  private SearchedCentroids searched(TrainingState state) {
    return SearchedCentroids.of(state.centroids(), matrices, options.probes(), context.seed());
  }

  private TrainingState batchStep(TrainingState state) {
    BlockBatch batch = new BlockBatch(share(), seed(state, state.iterations() + 1));
    ClusterSums sums = SumPass.of(set, searched(state), matrices, Optional.of(batch));
    long rows = Arrays.stream(sums.counts()).sum();
    long[] seen = state.seen().clone();
    Centroids moved = CentroidUpdate.moved(state.centroids(), sums, seen);
    // The cost of a batch stands for that of all rows.
    return state.then(moved, rows == 0 ? 0 : sums.cost() * set.rows() / rows, seen);
  }

  /** A mini-batch start ends with a pass over all rows, so that its cost is one of all rows. */
  private boolean last(TrainingState state) {
    return state.iterations() + 1 == options.maxIterations();
  }

  private boolean ended(TrainingState state) {
    int done = state.iterations();
    if (done >= options.maxIterations()) {
      return true;
    }
    if (done < 2 || options.batchRows() > 0) {
      return false;
    }
    // Empty clusters were split just now, which the cost doesn't show yet.
    boolean empty = Arrays.stream(state.seen()).anyMatch(rows -> rows == 0);
    double before = state.curve()[done - 2];
    double now = state.curve()[done - 1];
    // A rise is none either: after a split, or by a search that is approximate.
    return !empty && Math.abs(before - now) <= options.tolerance() * before;
  }

  private double share() {
    return Math.min(1, (double) options.batchRows() / set.rows());
  }

  private long rowsAPass() {
    return options.batchRows() > 0 ? Math.min(options.batchRows(), set.rows()) : set.rows();
  }

  private long rowsAStart() {
    return rowsAPass() * options.maxIterations();
  }

  private long seed(TrainingState state, int step) {
    return RowKey.random(context.seed(), (long) state.restart() << 32 | step);
  }
}
