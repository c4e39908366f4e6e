package org.vectormill.schemas;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the views of a table must show, wave after wave in lists: slow, plain, and right. */
final class CurrentViewModel {
  private final List<WaveDraft> waves;

  CurrentViewModel(List<WaveDraft> waves) {
    this.waves = waves;
  }

  private record Entry(String id, int wave) {
    @Override
    public String toString() {
      return id + "@" + wave;
    }
  }

  List<String> rows() {
    List<Entry> rows = new ArrayList<>();
    each(
        (number, wave) -> {
          rows.removeIf(row -> wave.replaced().contains(row.id()));
          rows.removeIf(row -> wave.removed().contains(row.id()));
          wave.rows().forEach(id -> rows.add(new Entry(id, number)));
        });
    return sorted(rows);
  }

  List<String> rejects() {
    List<Entry> rejects = new ArrayList<>();
    each(
        (number, wave) -> {
          rejects.removeIf(reject -> wave.removedRejects().contains(reject.id()));
          shownRejects(number).forEach(id -> rejects.add(new Entry(id, number)));
          rejects.removeIf(
              reject -> wave.retried().contains(reject.id()) && tried(reject.id(), number));
        });
    return sorted(rejects);
  }

  List<String> settledRejects() {
    List<Entry> rejects = new ArrayList<>();
    each(
        (number, wave) -> {
          rejects.removeIf(reject -> wave.removedRejects().contains(reject.id()));
          if (!withheld(wave)) {
            wave.rejects().forEach(id -> rejects.add(new Entry(id, number)));
          }
          rejects.removeIf(reject -> wave.retried().contains(reject.id()));
        });
    return sorted(rejects);
  }

  List<String> awaited() {
    List<Entry> awaited = new ArrayList<>();
    each(
        (number, wave) -> {
          awaited.removeIf(reject -> wave.removedRejects().contains(reject.id()));
          awaited.removeIf(reject -> wave.retried().contains(reject.id()));
          wave.retried().stream()
              .filter(id -> !tried(id, number))
              .forEach(id -> awaited.add(new Entry(id, number)));
        });
    return sorted(awaited);
  }

  List<String> processed() {
    Map<String, Entry> sources = new TreeMap<>();
    each(
        (number, wave) -> {
          wave.sources().forEach(source -> sources.put(source, new Entry(source, number)));
          wave.retried().forEach(sources::remove);
        });
    return sorted(sources.values());
  }

  List<String> removedIds() {
    Set<String> removed = new TreeSet<>();
    waves.forEach(wave -> removed.addAll(wave.removed()));
    removed.removeAll(ids(rows()));
    return List.copyOf(removed);
  }

  List<String> goneIds() {
    Set<String> gone = new TreeSet<>();
    waves.forEach(wave -> gone.addAll(wave.removedRejects()));
    gone.removeAll(ids(rows()));
    gone.removeAll(ids(rejects()));
    gone.addAll(removedIds());
    return List.copyOf(gone);
  }

  private static Set<String> ids(List<String> entries) {
    Set<String> ids = new HashSet<>();
    entries.forEach(entry -> ids.add(entry.replaceFirst("@.*", "")));
    return ids;
  }

  /** Whether a later wave has a row or a shown reject with this id. */
  private boolean tried(String id, int wave) {
    for (int later = wave + 1; later <= waves.size(); later++) {
      if (waves.get(later - 1).rows().contains(id) || shownRejects(later).contains(id)) {
        return true;
      }
    }
    return false;
  }

  private List<String> shownRejects(int number) {
    WaveDraft wave = waves.get(number - 1);
    return withheld(wave) && number < waves.size() ? List.of() : wave.rejects();
  }

  private static boolean withheld(WaveDraft wave) {
    return wave.rows().isEmpty()
        && wave.replaced().isEmpty()
        && wave.removed().isEmpty()
        && wave.removedRejects().isEmpty()
        && wave.retried().isEmpty()
        && wave.sources().isEmpty();
  }

  private interface Step {
    void take(int number, WaveDraft wave);
  }

  private void each(Step step) {
    for (int number = 1; number <= waves.size(); number++) {
      step.take(number, waves.get(number - 1));
    }
  }

  private static List<String> sorted(Iterable<Entry> entries) {
    List<String> texts = new ArrayList<>();
    entries.forEach(entry -> texts.add(entry.toString()));
    texts.sort(null);
    return texts;
  }
}
