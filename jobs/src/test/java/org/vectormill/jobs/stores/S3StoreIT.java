package org.vectormill.jobs.stores;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.vectormill.jobs.cluster.ServerProcess;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.VectormillException;

/** S3A against S3Mock, whose puts may have the condition that nothing is there. */
@Tag("stores")
class S3StoreIT extends StoreContract {
  private static final String BUCKET = "tables";
  private static final String CONDITIONAL = "fs.option.create.conditional.overwrite";

  @Override
  TestStore start(Path directory) {
    return new S3(StoreServers.s3(directory, BUCKET));
  }

  @Override
  boolean showsFilesEarly() {
    return true;
  }

  @Test
  void getsThePreconditionFailedAnswerThatCommitsRestOn() throws Exception {
    org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path(store().uri("once"), "1.json");
    put(file, "first");
    IOException refused = assertThrows(IOException.class, () -> put(file, "second"));
    assertTrue(String.valueOf(refused).contains("412"), refused::toString);
  }

  private void put(org.apache.hadoop.fs.Path file, String content) throws IOException {
    FSDataOutputStreamBuilder<?, ?> builder = file.getFileSystem(conf()).createFile(file);
    builder.recursive();
    builder.must(CONDITIONAL, true);
    try (FSDataOutputStream out = builder.build()) {
      out.write(content.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void refusesSettingsThatTakeTheConditionAway() {
    String uri = store().uri("unconditional");
    new PlainWriter(spark(), uri, "u").write(0, 5, OnProgress.nothing());
    Configuration conf = conf();
    conf.setBoolean("fs.s3a.create.conditional.enabled", false);
    conf.setBoolean("fs.s3a.impl.disable.cache", true);
    Table table = Table.open(conf, uri);
    VectormillException e =
        assertThrows(VectormillException.class, () -> table.stage("p", "r").places());
    assertEquals(Fault.USAGE, e.fault());
    assertTrue(e.getMessage().contains("conditional"), e.getMessage());
  }

  @Test
  void leavesNoOrphansOfARunThatNobodyDisturbed() throws Exception {
    String uri = store().uri("tidy");
    new PlainWriter(spark(), uri, "t").write(0, 20, OnProgress.nothing());
    Table table = Table.open(conf(), uri);
    assertEquals(table.files().size(), new ForeignReader(conf(), uri).files());
  }

  private record S3(ServerProcess server) implements TestStore {
    @Override
    public String uri(String name) {
      return "s3a://" + BUCKET + "/" + name;
    }

    @Override
    public Map<String, String> settings() {
      return Map.of(
          "fs.s3a.endpoint",
          "http://127.0.0.1:" + server.ready().group(1),
          "fs.s3a.path.style.access",
          "true",
          "fs.s3a.access.key",
          "any",
          "fs.s3a.secret.key",
          "any",
          "fs.s3a.aws.credentials.provider",
          "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider");
    }

    @Override
    public void close() {
      server.close();
    }
  }
}
