import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/**
 * An HDFS of one name node and three data nodes on loopback, started from this source file with
 * hadoop-client-minicluster on the class path. Its argument is a new directory. Says {@code HDFS at
 * URI} when it is up; on a line {@code stop N} it stops data node N and says {@code stopped N}; it
 * ends with its standard input.
 */
public final class MiniHdfs {
  private static final int DATA_NODES = 3;

  public static void main(String[] args) throws Exception {
    System.setProperty("test.build.data", args[0]);
    Configuration conf = new Configuration();
    conf.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, args[0]);
    conf.setInt("dfs.replication", DATA_NODES);
    conf.set("hadoop.proxyuser.root.hosts", "*");
    try (MiniDFSCluster cluster =
        new MiniDFSCluster.Builder(conf).numDataNodes(DATA_NODES).build()) {
      cluster.waitActive();
      System.out.println("HDFS at " + cluster.getURI());
      obey(cluster);
    }
    System.exit(0);
  }

  private static void obey(MiniDFSCluster cluster) throws Exception {
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      int node = Integer.parseInt(line.substring("stop ".length()));
      cluster.stopDataNode(node);
      System.out.println("stopped " + node);
    }
  }

  private MiniHdfs() {}
}
