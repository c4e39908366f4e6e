package org.vectormill.jobs.clustering;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.MapGroupsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.vectormill.jobs.wave.WaveRun;
import org.vectormill.schemas.DataFile;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.ItemColumns;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.VectormillException;

/**
 * Pictures that say what clusters of images are: one PNG a cluster, made and written by tasks. Each
 * file appears whole; those of earlier clusters go when all are there.
 *
 * @param staged URI of the directory that they are made in
 * @param directory URI of the one that they are brought to, of the same file system
 */
record ContactSheets(SparkSession spark, String staged, String directory, long seed) {
  private static final String PATTERN = "cluster-[0-9]{5,}\\.png";

  /**
   * What was made.
   *
   * @param names of the files
   * @param blank cells whose image couldn't be shown
   */
  record Made(Set<String> names, long pictures, long blank) {}

  static String name(int cluster) {
    return String.format(Locale.ROOT, "cluster-%05d.png", cluster);
  }

  /**
   * Makes the sheets of the largest clusters.
   *
   * @param files of the clusters table
   * @param sizes items of each cluster
   */
  Made make(List<DataFile> files, long[] sizes, Table items) {
    // A few thousand at most, so that images are chosen where they lie, and only those move.
    List<Row> chosen =
        SheetMembers.of(spark, files, SheetMembers.clusters(sizes), seed).collectAsList();
    SheetCells cells = new SheetCells(WaveRun.broadcastConf(spark), qualified(staged).toString());
    List<Row> sheets =
        members(chosen, items)
            .map((MapFunction<Row, Row>) cells, Encoders.row(SheetCells.CELL))
            .groupByKey(
                (MapFunction<Row, Integer>) cell -> cell.getInt(SheetCells.CLUSTER_AT),
                Encoders.INT())
            .mapGroups((MapGroupsFunction<Integer, Row, Row>) cells, Encoders.row(SheetCells.SHEET))
            .collectAsList();
    Set<String> names = new HashSet<>();
    sheets.forEach(sheet -> names.add(name(sheet.getInt(0))));
    long pictures = sheets.stream().mapToLong(sheet -> sheet.getLong(1)).sum();
    return new Made(names, pictures, chosen.size() - pictures);
  }

  /**
   * Brings sheets to where they are looked for, and removes those of earlier clusters.
   *
   * @param names of those that were made; none where there are to be none
   */
  void bring(Set<String> names) {
    Path home = qualified(directory);
    try {
      FileSystem fs = home.getFileSystem(conf());
      for (String name : names) {
        bring(fs, new Path(qualified(staged), name), new Path(home, name));
      }
    } catch (IOException e) {
      throw failed("written", e);
    }
    removeOthers(home, names);
  }

  private static void bring(FileSystem fs, Path from, Path to) throws IOException {
    fs.mkdirs(to.getParent());
    fs.delete(to, false);
    if (!fs.rename(from, to)) {
      throw new IOException(from + " can't be moved to " + to);
    }
  }

  private Dataset<Row> members(List<Row> chosen, Table items) {
    Dataset<Row> images =
        items
            .current(spark)
            .select(
                ItemColumns.ID,
                ItemColumns.SOURCE,
                ItemColumns.SOURCE_SIZE,
                ItemColumns.CONTENT_HASH,
                ItemColumns.IMAGE);
    return images.join(
        functions.broadcast(spark.createDataFrame(chosen, SheetMembers.SCHEMA)), ItemColumns.ID);
  }

  private Path qualified(String uri) {
    Path path = new Path(uri);
    try {
      return path.getFileSystem(conf()).makeQualified(path);
    } catch (IOException e) {
      throw failed("reached", e);
    }
  }

  private void removeOthers(Path home, Set<String> names) {
    try {
      FileSystem fs = home.getFileSystem(conf());
      for (FileStatus file : fs.listStatus(home)) {
        String name = file.getPath().getName();
        if (name.matches(PATTERN) && !names.contains(name)) {
          fs.delete(file.getPath(), false);
        }
      }
    } catch (FileNotFoundException e) {
      // No sheet was ever written.
    } catch (IOException e) {
      throw failed("tidied", e);
    }
  }

  private Configuration conf() {
    return spark.sessionState().newHadoopConf();
  }

  private VectormillException failed(String what, IOException e) {
    return new VectormillException(
        Fault.RETRY,
        "contact sheets " + directory + " can't be " + what + ": " + e.getMessage(),
        e);
  }
}
