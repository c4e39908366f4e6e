package org.vectormill.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Option names and defaults are a contract: scripts and configuration files hold them. */
class OptionsTest {
  private static final Map<String, CommandLine> JOBS = new CommandLine(new Main()).getSubcommands();

  /** Names to defaults; empty where there is none, {@code required} where one must be given. */
  private static Map<String, String> options(String job) {
    Map<String, String> options = new TreeMap<>();
    for (OptionSpec option : JOBS.get(job).getCommandSpec().options()) {
      if (!option.usageHelp() && !option.versionHelp()) {
        String fallback = option.defaultValue() == null ? "" : option.defaultValue();
        options.put(option.longestName(), option.required() ? "required" : fallback);
      }
    }
    return options;
  }

  private static Map<String, String> withCommon(Map<String, String> own) {
    Map<String, String> all = new TreeMap<>(own);
    all.putAll(
        Map.of(
            "--config", "",
            "--run-id", "",
            "--seed", "0",
            "--max-reject-ratio", "0.2",
            "--on-reject", "quarantine",
            "--result", "",
            "--log-format", "text",
            "--dry-run", "",
            "--master", "",
            "--conf", ""));
    return all;
  }

  @Test
  void pinsDescribe() {
    assertEquals(
        withCommon(
            Map.of(
                "--format", "text", "--peek", "0", "--rejects", "0", "--brief", "", "--sql", "")),
        options("describe"));
  }

  @Test
  void pinsClean() {
    assertEquals(withCommon(Map.of("--older-than", "24h")), options("clean"));
  }

  @Test
  void pinsCompact() {
    assertEquals(
        withCommon(
            Map.of(
                "--input",
                "required",
                "--retain",
                "24h",
                "--file-bytes",
                "268435456",
                "--purge",
                "")),
        options("compact"));
  }

  @Test
  void pinsExport() {
    assertEquals(
        withCommon(Map.of("--input", "required", "--output", "required", "--files", "0")),
        options("export"));
  }

  @Test
  void pinsRetryRejects() {
    assertEquals(
        withCommon(Map.of("--input", "required", "--reason", "")), options("retry-rejects"));
  }

  @Test
  void pinsEmbed() {
    Map<String, String> own = new TreeMap<>();
    for (String unset :
        List.of(
            "--modality",
            "--engine",
            "--pooling",
            "--prefix",
            "--max-length",
            "--preprocessor",
            "--spatial-pooling",
            "--output-tensor",
            "--normalise",
            "--threads",
            "--allow-private-addresses",
            "--trust-model")) {
      own.put(unset, "");
    }
    own.putAll(Map.of("--input", "required", "--output", "required", "--encoder", "required"));
    own.putAll(Map.of("--pool-prefix", "true", "--gem-power", "3", "--max-pixels", "178956970"));
    own.putAll(Map.of("--dimensions", "0", "--precision", "float32", "--device", "auto"));
    own.putAll(Map.of("--batch-tokens", "4096", "--batch-images", "16", "--unit-rows", "0"));
    assertEquals(withCommon(own), options("embed"));
  }

  @Test
  void pinsCluster() {
    Map<String, String> own = new TreeMap<>();
    for (String unset :
        List.of(
            "k",
            "levels",
            "balanced",
            "start",
            "assign",
            "retrain",
            "report-labels",
            "items",
            "features",
            "describe-clusters",
            "threads",
            "tolerance",
            "walk",
            "restarts",
            "layers",
            "epochs",
            "layer-epochs",
            "dropout",
            "batch",
            "learning-rate",
            "schedule",
            "clustering-rate",
            "gamma",
            "interval",
            "averages",
            "max-refreshes",
            "heads",
            "filters",
            "neighbours",
            "debias",
            "domain",
            "pieces",
            "keep-numbers",
            "approximate",
            "join-within",
            "probes",
            "workers")) {
      own.put("--" + unset, "");
    }
    own.putAll(Map.of("--input", "required", "--output", "required", "--algorithm", "kmeans"));
    own.putAll(Map.of("--metric", "auto", "--init", "auto", "--max-iterations", "50"));
    own.put("--batch-rows", "0");
    own.putAll(Map.of("--level-method", "kmeans", "--device", "auto"));
    own.putAll(Map.of("--k-range", "2,3,4,5,6,8,10,12,15,20,25,30,40,50"));
    assertEquals(withCommon(own), options("cluster"));
  }

  @Test
  void pinsIngest() {
    Map<String, String> own = new TreeMap<>();
    for (String unset :
        List.of(
            "id",
            "id-column",
            "text-column",
            "image-column",
            "label-column",
            "split-column",
            "attribute-columns",
            "all-attributes",
            "label-from",
            "split",
            "no-header",
            "delimiter",
            "verify-content")) {
      own.put("--" + unset, "");
    }
    own.putAll(
        Map.of(
            "--input", "required",
            "--output", "required",
            "--format", "auto",
            "--text-unit", "file",
            "--quote", "\"",
            "--max-text-chars", "1000000",
            "--max-pixels", "178956970",
            "--max-item-bytes", "67108864",
            "--inline", "auto",
            "--inline-bytes", "1048576"));
    own.putAll(Map.of("--row-group-bytes", "33554432", "--row-group-rows", "8192"));
    own.put("--vanished", "keep");
    assertEquals(withCommon(own), options("ingest"));
  }

  @Test
  void pinsSample() {
    assertEquals(Map.of("--output", "required", "--seed", "0"), options("sample"));
  }

  @Test
  void pinsEncoders() {
    assertEquals(Map.of(), options("encoders"));
  }

  static Stream<String> jobs() {
    return JOBS.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void teachesEachJobByExample(String job) {
    CommandLine command = JOBS.get(job);
    String examples = String.join("\n", command.getCommandSpec().usageMessage().footer());
    assertFalse(examples.lines().noneMatch(line -> line.contains("vectormill " + job)), examples);
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void describesEachOption(String job) {
    for (OptionSpec option : JOBS.get(job).getCommandSpec().options()) {
      assertFalse(String.join("", option.description()).isBlank(), option.longestName());
    }
  }
}
