package org.vectormill.jobs.stores;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.vectormill.jobs.cluster.ServerProcess;
import org.vectormill.jobs.failure.TableContent;
import org.vectormill.schemas.Table;

/** HDFS of three data nodes; the last test stops one of them during a run. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("stores")
class HdfsStoreIT extends StoreContract {
  private ServerProcess hdfs;

  @Override
  TestStore start(Path directory) throws Exception {
    hdfs = StoreServers.hdfs(directory);
    return new Hdfs(hdfs);
  }

  @Override
  boolean showsFilesEarly() {
    return false;
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void goesOnWhenADataNodeStops() {
    String uri = store().uri("degraded");
    PlainWriter writer = new PlainWriter(spark(), uri, "d");
    writer.write(0, 40, OnProgress.firstUnit(() -> hdfs.tell("stop 0", "stopped 0")));
    assertEquals(40, TableContent.of(spark(), uri).rows().size());
    writer.write(40, 60, OnProgress.nothing());
    assertEquals(2, Table.open(conf(), uri).waves().size());
    assertEquals(60, TableContent.of(spark(), uri).rows().size());
  }

  private record Hdfs(ServerProcess server) implements TestStore {
    @Override
    public String uri(String name) {
      return server.ready().group(1) + "/tables/" + name;
    }

    @Override
    public Map<String, String> settings() {
      return Map.of("dfs.replication", "3", "dfs.client.use.datanode.hostname", "true");
    }

    @Override
    public void close() {
      server.close();
    }
  }
}
