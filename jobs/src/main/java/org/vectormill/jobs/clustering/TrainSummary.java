package org.vectormill.jobs.clustering;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.vectormill.jobs.wave.PublishedWave;
import org.vectormill.jobs.wave.WaveResult;
import org.vectormill.schemas.WaveCommit;

/** Says what a training came to. */
final class TrainSummary {
  static WaveResult of(
      ClusterOptions options,
      FoundClusters found,
      Assignment assignment,
      ClusterSizes sizes,
      PublishedWave wave,
      Optional<ChosenNumber> chosen) {
    Map<String, Object> details = new LinkedHashMap<>();
    double inertia = assignment.fact(AssignWork.COST);
    details.put("wave", wave.commit().map(WaveCommit::wave).orElse(null));
    details.put("metric", found.centroids().metric().code());
    details.put("k", sizes.sizes().length);
    details.put("inertia", inertia);
    details.putAll(found.details());
    details.put("smallest_cluster", sizes.smallest());
    details.put("largest_cluster", sizes.largest());
    details.put("empty_clusters", sizes.empty());
    assignment.agreement().ifPresent(share -> details.put("approximate_agreement", share));
    chosen.ifPresent(one -> details.put("choice_of_k", one.details()));
    String text =
        String.format(
            Locale.ROOT,
            "%,d rows in %,d clusters in %s, wave %s: %s, inertia %.6g, sizes %,d to %,d",
            wave.written(),
            sizes.sizes().length,
            options.output(),
            wave.commit().map(commit -> String.valueOf(commit.wave())).orElse("none"),
            found.text(),
            inertia,
            sizes.smallest(),
            sizes.largest());
    if (sizes.empty() > 0) {
      text += String.format(Locale.ROOT, ", %,d empty", sizes.empty());
    }
    if (assignment.agreement().isPresent()) {
      text +=
          String.format(
              Locale.ROOT,
              ", the approximate search agrees with the exact one on %.2f %% of the rows compared",
              100 * assignment.agreement().getAsDouble());
    }
    if (wave.rejected() > 0) {
      text +=
          String.format(Locale.ROOT, ", %,d rejected %s", wave.rejected(), wave.rejectsByReason());
    }
    if (chosen.isPresent()) {
      text = chosen.get().text() + "\n" + text;
    }
    return new WaveResult(
        wave.made() + wave.rejected(),
        wave.written(),
        wave.withheld(),
        wave.rejected(),
        0,
        wave.rejectsByReason(),
        details,
        text);
  }

  private TrainSummary() {}
}
