package org.vectormill.jobs.ingest.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import java.util.TreeMap;
import org.vectormill.schemas.RejectReason;

/** Makes items of a shard's samples: an image where there is one, else a text. */
final class SampleIntake {
  /** Attribute with the text beside an image. */
  private static final String CAPTION = "text";

  private final ReadSpec spec;
  private final SourceFile shard;
  private final Intake intake;
  private final JsonRecords json;

  SampleIntake(ReadSpec spec, SourceFile shard, Intake intake) {
    this.spec = spec;
    this.shard = shard;
    this.intake = intake;
    this.json = new JsonRecords(spec.limits().itemBytes());
  }

  /** Takes a complete sample. */
  void take(Sample sample) {
    String id = place(sample);
    intake.passedOver(sample.furtherImages());
    try {
      requireSound(sample);
      JsonFields fields = new JsonFields(object(sample));
      id = id(fields, id);
      Candidate item =
          new Candidate(
              id, shard, false, label(sample, fields), split(fields), attributes(sample, fields));
      if (sample.image() == null) {
        intake.text(item, sample.content(Sample.TEXT));
      } else {
        intake.image(item, sample.content(sample.image()), sample.image());
      }
    } catch (RejectedException e) {
      intake.reject(Candidate.at(id, shard), null, e.reason(), e.getMessage());
    }
  }

  /** Refuses a sample that the shard ends in. */
  void cutOff(Sample sample) {
    intake.reject(
        Candidate.at(place(sample), shard),
        null,
        RejectReason.TRUNCATED,
        "the shard ends within the sample or right after it");
  }

  private String place(Sample sample) {
    return shard.path() + "#" + sample.key();
  }

  private void requireSound(Sample sample) throws RejectedException {
    if (sample.tooLong()) {
      throw new RejectedException(
          RejectReason.TOO_LONG,
          "the sample has more bytes than --max-item-bytes, " + spec.limits().itemBytes());
    }
    if (sample.repeated().isPresent()) {
      throw new RejectedException(
          RejectReason.MALFORMED_RECORD, "two entries ." + sample.repeated().get());
    }
    if (sample.image() == null && sample.content(Sample.TEXT) == null) {
      throw new RejectedException(
          RejectReason.MISSING_VALUE,
          "neither an image nor a .txt, but ." + String.join(", .", sample.fields()));
    }
  }

  private JsonNode object(Sample sample) throws RejectedException {
    byte[] content = sample.content(Sample.JSON);
    return content == null ? JsonNodeFactory.instance.objectNode() : json.object(content);
  }

  private String id(JsonFields fields, String place) throws RejectedException {
    if (spec.idRule() != IdRule.COLUMN) {
      return place;
    }
    String id = fields.text(spec.columns().id());
    if (id == null || id.isBlank()) {
      throw new RejectedException(
          RejectReason.MISSING_VALUE, "the sample's .json has no value " + spec.columns().id());
    }
    return id;
  }

  private String label(Sample sample, JsonFields fields) throws RejectedException {
    if (spec.columns().label() != null) {
      return fields.text(spec.columns().label());
    }
    byte[] content = sample.content(Sample.CLASS);
    if (content != null) {
      return Utf8.decode(content).strip();
    }
    return spec.labelFromFolder() ? SourceFile.folderOf(sample.key()) : null;
  }

  private String split(JsonFields fields) throws RejectedException {
    return spec.columns().split() == null ? null : fields.text(spec.columns().split());
  }

  private Map<String, String> attributes(Sample sample, JsonFields fields)
      throws RejectedException {
    Map<String, String> attributes = new TreeMap<>();
    if (spec.columns().allAttributes()) {
      attributes.putAll(fields.others(spec.columns().used()));
    }
    for (String name : spec.columns().attributes()) {
      String value = fields.text(name);
      if (value != null) {
        attributes.put(name, value);
      }
    }
    byte[] text = sample.content(Sample.TEXT);
    if (sample.image() != null && text != null) {
      attributes.putIfAbsent(CAPTION, Utf8.decode(text));
    }
    return attributes;
  }
}
