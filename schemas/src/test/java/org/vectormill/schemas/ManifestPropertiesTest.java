package org.vectormill.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ManifestPropertiesTest {
  private static final String SEED = "20261125";

  @Property(seed = SEED)
  void readsBackWhatWasWritten(@ForAll("manifests") TableManifest manifest) {
    assertEquals(manifest, read(Json.write(manifest)));
  }

  @Property(seed = SEED)
  void damageIsRefusedOrHarmless(
      @ForAll("manifests") TableManifest manifest,
      @ForAll("places") double place,
      @ForAll char damage) {
    StringBuilder json = new StringBuilder(Json.write(manifest));
    json.setCharAt((int) (place * json.length()), damage);
    try {
      String again = Json.write(read(json.toString()));
      assertEquals(read(again), read(json.toString()));
    } catch (VectormillException e) {
      assertEquals(Fault.INPUT, e.fault(), e.getMessage());
    }
  }

  @Provide
  Arbitrary<Double> places() {
    return Arbitraries.doubles().between(0, true, 1, false);
  }

  @Provide
  Arbitrary<TableManifest> manifests() {
    Arbitrary<String> text =
        Arbitraries.strings().ofMaxLength(20).map(ManifestPropertiesTest::whole);
    Arbitrary<List<String>> inputs = text.list().ofMaxSize(3);
    Arbitrary<Map<String, String>> options = Arbitraries.maps(text, text).ofMaxSize(4);
    return Combinators.combine(
            Arbitraries.of(TableKind.values()),
            Arbitraries.integers().between(1, 100_000).injectNull(0.3),
            Arbitraries.of("cosine", "l2").injectNull(0.3),
            Arbitraries.of(true, false).injectNull(0.3),
            text.injectNull(0.3),
            inputs,
            options)
        .as(
            (kind, dimension, metric, normalised, fingerprint, from, given) ->
                new TableManifest(
                    kind.code(),
                    TableManifest.CONTRACT_VERSION,
                    dimension,
                    metric,
                    normalised,
                    null,
                    fingerprint,
                    from,
                    given,
                    "0.1.0"));
  }

  /** Half of a surrogate pair can't be written as UTF-8. */
  private static String whole(String text) {
    return text.replaceAll("[\\ud800-\\udfff]", "?");
  }

  private static TableManifest read(String json) {
    return Json.read(json, TableManifest.class, "manifest");
  }
}
