package org.vectormill.jobs.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;

class SessionsTest {
  @Test
  void runsLocallyWhereNothingNamesAMaster() {
    SparkConf conf = Sessions.configure("embed", null, Map.of());
    assertEquals("local[*]", conf.get("spark.master"));
    assertEquals("vectormill embed", conf.get("spark.app.name"));
    assertEquals("false", conf.get("spark.ui.enabled"));
    assertEquals("UTC", conf.get("spark.sql.session.timeZone"));
  }

  @Test
  void takesMasterAndSettingsFromTheCommandLine() {
    SparkConf conf =
        Sessions.configure(
            "embed", "local[3]", Map.of("spark.ui.enabled", "true", "spark.app.name", "x"));
    assertEquals("local[3]", conf.get("spark.master"));
    assertEquals("true", conf.get("spark.ui.enabled"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"executor", "task", "driver"})
  void refusesGpuSchedulingInLocalMode(String role) {
    String key = "spark." + role + ".resource.gpu.amount";
    VectormillException thrown =
        assertThrows(
            VectormillException.class, () -> Sessions.configure("embed", null, Map.of(key, "1")));
    assertEquals(Fault.USAGE, thrown.fault());
    assertTrue(thrown.getMessage().startsWith(key + "=1: local mode"), thrown.getMessage());
  }

  @Test
  void handsHadoopItsSettings() {
    Map<String, String> conf = Map.of("spark.hadoop.fs.a", "b", "spark.x", "y");
    assertEquals("b", Sessions.hadoop(conf).get("fs.a"));
  }

  @Test
  void refusesAClusterWithoutSparkSubmit() {
    VectormillException thrown =
        assertThrows(
            VectormillException.class,
            () -> Sessions.configure("embed", "spark://host:7077", Map.of()));
    assertTrue(thrown.getMessage().contains("spark-submit"), thrown.getMessage());
  }

  @Test
  void refusesAMasterOtherThanSparkSubmits() {
    Map<String, String> submitted =
        Map.of("spark.submit.deployMode", "client", "spark.master", "spark://a:7077");
    assertEquals(
        "spark://a:7077", Sessions.configure("embed", null, submitted).get("spark.master"));
    assertThrows(
        VectormillException.class, () -> Sessions.configure("embed", "spark://b:7077", submitted));
  }

  @Test
  void shufflesLocallyIntoAsManyPartitionsAsCores() {
    for (String master : new String[] {"local", "local[3]", "local[7,2]"}) {
      String expected = master.equals("local") ? "1" : master.substring(6, 7);
      SparkConf conf = Sessions.configure("embed", master, Map.of());
      assertEquals(expected, conf.get("spark.sql.shuffle.partitions"), master);
    }
    Map<String, String> own = Map.of("spark.sql.shuffle.partitions", "9");
    assertEquals(
        "9", Sessions.configure("embed", "local", own).get("spark.sql.shuffle.partitions"));
  }
}
