package org.vectormill.jobs.ingest.bad;

import java.util.ArrayList;
import java.util.List;
import org.vectormill.jobs.ingest.read.Corpus;

/** Records of JSONL, CSV and tar sources, with columns {@code id} and {@code text}. */
final class BadRecords {
  private static final byte[] PNG = Corpus.image("png", 4, 3);

  private final List<BadInput> jsonl = new ArrayList<>();
  private final List<BadInput> csv = new ArrayList<>();
  private final List<BadInput> shards = new ArrayList<>();

  BadRecords() {
    json("a value cut off", "{\"id\": \"cut\", \"text\":", "malformed_record");
    json("an array", "[1, 2]", "malformed_record");
    json("plain text", "plain text", "malformed_record");
    json("two values", "{\"id\": \"two\", \"text\": \"x\"} {}", "malformed_record");
    json("nested too deep", "[".repeat(100_000), "malformed_record");
    json("a single quote", "{'id': 'single', 'text': 'x'}", "malformed_record");
    json("no id", "{\"text\": \"x\"}", "missing_value");
    json("an empty id", "{\"id\": \"\", \"text\": \"x\"}", "missing_value");
    jsonId("no text", "no-text", "{\"id\": \"no-text\"}", "missing_value");
    jsonId("null", "null", "{\"id\": \"null\", \"text\": null}", "missing_value");
    jsonId("blank", "blank", "{\"id\": \"blank\", \"text\": \" \"}", "empty");
    jsonId("a surrogate", "half", "{\"id\": \"half\", \"text\": \"\\ud800\"}", "not_utf8");
    table("a field too few", "id,text\nfew\n", "#L2", "malformed_record");
    table("a field too many", "id,text\nmany,x,y\n", "#L2", "malformed_record");
    table("a quote that never ends", "id,text\nopen,\"x\n", "#L2", "malformed_record");
    table("no id", "id,text\n,x\n", "#L2", "missing_value");
    shard("no tar", Bytes.utf8("plain text ".repeat(200)), "", "malformed_record");
    byte[] tar = Corpus.tar(false, "a.png", PNG);
    shard("a false checksum", Bytes.tarField(tar, 100, "9", false), "", "malformed_record");
    shard("a negative size", Bytes.tarField(tar, 124, "-0000000100", true), "", "malformed_record");
    byte[] huge = Bytes.tarField(tar, 124, "77777777777", true);
    shard("a huge size", huge, List.of("#a truncated", " truncated"));
    shard(
        "an absolute name",
        Corpus.tar(false, "/etc/a.png", PNG),
        "#/etc/a.png",
        "malformed_record");
    shard("a way out", Corpus.tar(false, "../a.png", PNG), "#../a.png", "malformed_record");
    shard("no content", Corpus.tar(false, "a.json", "{}"), "#a", "missing_value");
    shard(
        "twice the same", Corpus.tar(false, "a.png", PNG, "a.png", PNG), "#a", "malformed_record");
    shard("bad JSON", Corpus.tar(false, "a.png", PNG, "a.json", "{"), "#a", "malformed_record");
    shard("no image", Corpus.tar(false, "a.png", "text"), "#a", "not_an_image");
  }

  List<BadInput> jsonl() {
    return jsonl;
  }

  List<BadInput> csv() {
    return csv;
  }

  List<BadInput> shards() {
    return shards;
  }

  /** A good record stands behind each bad one. */
  private void json(String what, String line, String reason) {
    jsonId(what, "r%02d.jsonl#L1".formatted(jsonl.size()), line, reason);
  }

  private void jsonId(String what, String id, String line, String reason) {
    String good = "{\"id\": \"good-%02d\", \"text\": \"fine\"}".formatted(jsonl.size());
    String name = "r%02d.jsonl".formatted(jsonl.size());
    add(jsonl, what, name, Bytes.utf8(line + "\n" + good + "\n"), List.of(id + " " + reason));
  }

  private void table(String what, String content, String id, String reason) {
    String name = "r%02d.csv".formatted(csv.size());
    add(csv, what, name, Bytes.utf8(content), List.of(name + id + " " + reason));
  }

  private void shard(String what, byte[] content, String id, String reason) {
    shard(what, content, List.of(id + " " + reason));
  }

  private void shard(String what, byte[] content, List<String> rejects) {
    String name = "r%02d.tar".formatted(shards.size());
    add(shards, what, name, content, rejects.stream().map(name::concat).toList());
  }

  private static void add(
      List<BadInput> to, String what, String name, byte[] content, List<String> rejects) {
    to.add(new BadInput(what, name, content, rejects));
  }
}
