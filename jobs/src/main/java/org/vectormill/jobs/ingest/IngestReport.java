package org.vectormill.jobs.ingest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.vectormill.jobs.ingest.read.IngestFact;
import org.vectormill.jobs.wave.PublishedWave;
import org.vectormill.jobs.wave.UnitOutput;
import org.vectormill.schemas.WaveCommit;

/**
 * What is known of a run before it reads anything; makes its result.
 *
 * @param output URI of the table
 * @param counts files that were found
 * @param done items of unchanged sources
 */
record IngestReport(String output, SourceCounts counts, long done) {
  IngestResult nothingToDo() {
    String summary =
        "%s: nothing to do, %,d sources with %,d items are as they were"
            .formatted(output, counts.unchanged(), done);
    return new IngestResult(
        done, 0, 0, 0, done, Map.of(), details(Map.of()), joined(summary, notes(Map.of())));
  }

  IngestResult planned(UnitCut units) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "plan for %s: %,d sources in %,d units, %,d bytes; %,d sources unchanged"
            .formatted(
                output, counts.open().files(), units.count(), units.bytes(), counts.unchanged()));
    counts.open().lines().forEach(line -> lines.add("  " + line));
    lines.addAll(notes(Map.of()));
    Map<String, Object> details = details(Map.of());
    details.put("units", units.count());
    return new IngestResult(done, 0, 0, 0, done, Map.of(), details, String.join("\n", lines));
  }

  IngestResult published(PublishedWave wave, SettledOutputs settled) {
    Map<String, Long> facts = facts(settled.outputs());
    long already = done + settled.done().count();
    Map<String, Object> details = details(facts);
    wave.commit().map(WaveCommit::wave).ifPresent(number -> details.put("wave", number));
    details.put("withheld", wave.withheld());
    details.put("removed", wave.commit().map(WaveCommit::removedIds).orElse(0L));
    return new IngestResult(
        wave.made() + wave.rejected() + already,
        wave.written(),
        wave.rejected(),
        wave.withheld(),
        already,
        wave.rejectsByReason(),
        details,
        joined(line(wave, already), notes(facts)));
  }

  private String line(PublishedWave wave, long already) {
    String reasons =
        wave.rejectsByReason().entrySet().stream()
            .map(entry -> "%s %,d".formatted(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining(", "));
    String removed =
        wave.commit()
            .filter(commit -> commit.removedIds() > 0)
            .map(commit -> ", %,d removed".formatted(commit.removedIds()))
            .orElse("");
    return "%s: %,d items written%s, %,d rejected%s, %,d already done%s"
        .formatted(
            output,
            wave.written(),
            wave.commit().map(commit -> " in wave " + commit.wave()).orElse(""),
            wave.rejected(),
            reasons.isEmpty() ? "" : " (" + reasons + ")",
            already,
            removed);
  }

  private List<String> notes(Map<String, Long> facts) {
    List<String> notes = new ArrayList<>();
    note(
        notes,
        facts,
        IngestFact.EXTENSION_MISMATCH,
        "%,d images are not what their extension says");
    note(notes, facts, IngestFact.UNKNOWN_FILES, "%,d files of unknown kind were left out");
    note(
        notes,
        facts,
        IngestFact.FURTHER_IMAGES,
        "%,d images were passed over, each sample's first is its item");
    note(notes, facts, IngestFact.LEFT_OUT_ENTRIES, "%,d links and hidden entries were left out");
    if (counts.hidden() > 0) {
      notes.add("%,d hidden files and folders were left out".formatted(counts.hidden()));
    }
    return notes;
  }

  private static void note(
      List<String> notes, Map<String, Long> facts, IngestFact fact, String text) {
    long count = facts.getOrDefault(fact.code(), 0L);
    if (count > 0) {
      notes.add(text.formatted(count));
    }
  }

  private static String joined(String first, List<String> more) {
    return more.isEmpty() ? first : first + "\n" + String.join("\n", more);
  }

  private static Map<String, Long> facts(List<UnitOutput> outputs) {
    Map<String, Long> facts = new TreeMap<>();
    for (UnitOutput output : outputs) {
      output.facts().forEach((name, value) -> facts.merge(name, value.longValue(), Long::sum));
    }
    return facts;
  }

  private Map<String, Object> details(Map<String, Long> facts) {
    Map<String, Object> details = new LinkedHashMap<>();
    Map<String, Long> sources = new TreeMap<>();
    counts.open().kinds().forEach((kind, of) -> sources.put(kind.code(), of.files()));
    details.put("table", output);
    details.put("sources", sources);
    details.put("unchanged_sources", counts.unchanged());
    details.put("hidden_files", counts.hidden());
    details.putAll(facts);
    return details;
  }
}
