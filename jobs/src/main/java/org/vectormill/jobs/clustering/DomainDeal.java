package org.vectormill.jobs.clustering;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.vectormill.udfs.deep.lls.DomainRows;
import org.vectormill.udfs.deep.network.Rows;
import org.vectormill.udfs.vectors.VectorBlock;
import scala.Tuple2;

/** Brings a worker's rows and the domains of its items together. */
final class DomainDeal {
  /**
   * @param both blocks of rows and parts of domains, of one worker
   */
  static DomainRows gathered(
      Iterator<Tuple2<Iterable<VectorBlock>, Iterable<ItemDomains.Part>>> both,
      int width,
      long seed) {
    List<VectorBlock> blocks = new ArrayList<>();
    Map<Long, Integer> domains = new HashMap<>();
    while (both.hasNext()) {
      Tuple2<Iterable<VectorBlock>, Iterable<ItemDomains.Part>> next = both.next();
      next._1().forEach(blocks::add);
      for (ItemDomains.Part part : next._2()) {
        for (int i = 0; i < part.keys().length; i++) {
          domains.put(part.keys()[i], part.domains()[i]);
        }
      }
    }
    KeyedRows keyed = KeyedRows.of(blocks.iterator(), width, seed);
    int[] of = Arrays.stream(keyed.keys()).mapToInt(key -> domains.getOrDefault(key, -1)).toArray();
    int[] taken = IntStream.range(0, of.length).filter(i -> of[i] >= 0).toArray();
    float[] values = new float[taken.length * width];
    for (int i = 0; i < taken.length; i++) {
      System.arraycopy(keyed.rows().values(), taken[i] * width, values, i * width, width);
    }
    return new DomainRows(new Rows(values, width), IntStream.of(taken).map(i -> of[i]).toArray());
  }

  private DomainDeal() {}
}
