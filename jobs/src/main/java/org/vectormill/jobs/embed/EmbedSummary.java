package org.vectormill.jobs.embed;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.vectormill.jobs.wave.InputWaves;
import org.vectormill.jobs.wave.Pending;
import org.vectormill.jobs.wave.PublishedWave;
import org.vectormill.jobs.wave.UnitOutput;
import org.vectormill.jobs.wave.WaveResult;
import org.vectormill.schemas.WaveCommit;
import org.vectormill.udfs.encode.EncoderSpec;

/** Says what a run did, or would do. */
record EmbedSummary(EmbedOptions options, EncoderSpec spec, InputWaves waves, Pending pending) {

  WaveResult planned() {
    long items = pending.ids().count();
    return unchanged(
        "Plan: %,d of %,d items in %,d work units with encoder %s (fingerprint %s) into %s"
            .formatted(
                items,
                waves.currentRows(),
                items == 0 ? 0 : pending.units().getNumPartitions(),
                spec.uri(),
                spec.fingerprint(),
                options.output()));
  }

  WaveResult nothingToDo() {
    return unchanged(
        "Nothing to do: all %,d items of %s are done in %s"
            .formatted(waves.currentRows(), options.input(), options.output()));
  }

  private WaveResult unchanged(String summary) {
    long done = waves.currentRows();
    return WaveResult.unchanged(done, Map.of("encoder", spec.fingerprint()), summary);
  }

  WaveResult of(List<UnitOutput> outputs, PublishedWave wave) {
    long skipped = outputs.stream().mapToLong(output -> output.skipped().count()).sum();
    long taken = wave.made() + wave.rejected();
    long done = waves.currentRows() - taken - skipped;
    return new WaveResult(
        taken + done,
        wave.written(),
        wave.withheld(),
        wave.rejected(),
        done,
        wave.rejectsByReason(),
        details(outputs, wave, skipped),
        text(wave, skipped, done));
  }

  private Map<String, Object> details(List<UnitOutput> outputs, PublishedWave wave, long skipped) {
    Map<String, Double> facts = new TreeMap<>();
    Map<String, Integer> loads = new TreeMap<>();
    for (UnitOutput output : outputs) {
      output.facts().forEach((name, value) -> facts.merge(name, value, Double::sum));
      int loaded = output.facts().getOrDefault(EmbedWork.LOADS, 0.0).intValue();
      loads.merge(output.executor(), loaded, Math::max);
    }
    facts.remove(EmbedWork.LOADS);
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("encoder", spec.fingerprint());
    details.put("wave", wave.commit().map(WaveCommit::wave).orElse(null));
    details.put("units", outputs.size());
    details.put("encoder_loads_by_executor", loads);
    details.put("skipped_other_modality", skipped);
    details.put("withheld", wave.withheld());
    details.putAll(facts);
    return details;
  }

  private String text(PublishedWave wave, long skipped, long done) {
    StringBuilder text = new StringBuilder();
    add(
        text,
        "%,d vectors in %s, wave %s",
        wave.written(),
        options.output(),
        wave.commit().map(commit -> String.valueOf(commit.wave())).orElse("none"));
    if (done > 0) {
      add(text, ", %,d done before", done);
    }
    if (skipped > 0) {
      add(text, ", %,d items of another modality left out", skipped);
    }
    if (wave.rejected() > 0) {
      add(text, ", %,d rejected %s", wave.rejected(), wave.rejectsByReason());
    }
    return text.toString();
  }

  private static void add(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values));
  }
}
