package org.vectormill.udfs.deep.training;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.vectormill.udfs.deep.network.Rows;

/**
 * Workers in this process that take turns.
 *
 * @param parts what each worker holds
 */
public record InMemoryWorkers<T extends Serializable>(List<T> parts) implements Workers<T> {
  /** Deals rows out, one after the other, so that sorted rows are spread over all workers. */
  public static InMemoryWorkers<Rows> deal(Rows rows, int workers) {
    List<Rows> parts = new ArrayList<>();
    int width = rows.width();
    for (int worker = 0; worker < workers; worker++) {
      int count = (rows.count() - worker + workers - 1) / workers;
      float[] own = new float[count * width];
      for (int i = 0; i < count; i++) {
        System.arraycopy(rows.values(), (i * workers + worker) * width, own, i * width, width);
      }
      parts.add(new Rows(own, width));
    }
    return new InMemoryWorkers<>(List.copyOf(parts));
  }

  @Override
  public <S extends Serializable, R extends Serializable> List<R> each(
      S given, Work<T, S, R> work) {
    List<R> results = new ArrayList<>();
    for (int worker = 0; worker < parts.size(); worker++) {
      results.add(work.of(worker, parts.get(worker), given));
    }
    return results;
  }

  @Override
  public <S extends Serializable, R extends Serializable> R fold(
      S given, Work<T, S, R> work, Fold<R> fold) {
    FoldTree<R> tree = new FoldTree<>(fold);
    for (int worker = 0; worker < parts.size(); worker++) {
      tree.add(work.of(worker, parts.get(worker), given));
    }
    return tree.value();
  }

  @Override
  public <S extends Serializable, U extends Serializable> Workers<U> with(
      S given, Work<T, S, U> work) {
    return new InMemoryWorkers<>(each(given, work));
  }

  @Override
  public <U extends Serializable> Workers<Both<T, U>> beside(Workers<U> others) {
    List<U> beside = others.each(0, (worker, own, none) -> own);
    return new InMemoryWorkers<>(
        IntStream.range(0, parts.size())
            .mapToObj(i -> new Both<>(parts.get(i), beside.get(i)))
            .toList());
  }

  @Override
  public <U extends Serializable> Workers<U> seeing(Preparation<T, U> part) {
    return with(0, (worker, own, none) -> part.of(own));
  }

  @Override
  public void close() {
    // They hold nothing but memory.
  }
}
