package org.vectormill.jobs;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.vectormill.jobs.clean.CleanMain;
import org.vectormill.jobs.clustering.ClusterMain;
import org.vectormill.jobs.compact.CompactMain;
import org.vectormill.jobs.describe.DescribeMain;
import org.vectormill.jobs.embed.EmbedMain;
import org.vectormill.jobs.encoders.EncodersMain;
import org.vectormill.jobs.export.ExportMain;
import org.vectormill.jobs.ingest.IngestMain;
import org.vectormill.jobs.pipeline.PipelineMain;
import org.vectormill.jobs.retry.RetryMain;
import org.vectormill.jobs.runner.Cli;
import org.vectormill.jobs.runner.VectormillVersion;
import org.vectormill.jobs.sample.SampleMain;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The {@code vectormill} command: one subcommand per job. */
@Command(
    name = "vectormill",
    header = "Turns images and texts into vector tables on Apache Spark.",
    subcommands = {
      IngestMain.class,
      EmbedMain.class,
      ClusterMain.class,
      PipelineMain.class,
      ExportMain.class,
      CompactMain.class,
      RetryMain.class,
      CleanMain.class,
      DescribeMain.class,
      EncodersMain.class,
      SampleMain.class
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    scope = CommandLine.ScopeType.INHERIT,
    synopsisSubcommandLabel = "JOB",
    footerHeading = "%nFrom a folder of pictures to vectors:%n",
    footer = {
      "  vectormill ingest --input photos --output out/items",
      "  vectormill embed --input out/items --encoder builtin:image --output out/vectors",
      "  vectormill describe out/vectors",
      "",
      "vectormill JOB --help shows a job's options and examples. Every option may stand in a YAML",
      "file (--config FILE). Exit codes: 0 done, 2 usage, 3 input, 4 too many rejects, 5 encoder"
          + " or",
      "device, 70 a bug, 75 worth a retry."
    })
public final class Main {
  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int code = run(out, err, args);
    // In cluster mode YARN takes any exit call, also with 0, for a failure.
    if (code != 0 || !"cluster".equals(System.getProperty("spark.submit.deployMode"))) {
      System.exit(code);
    }
  }

  /** Runs one command in this JVM and returns the process exit code. */
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    return new Cli(new CommandLine(new Main()), out, err)
        .run(args.length == 0 ? new String[] {"--help"} : args);
  }

  /** Prints the version that was built. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"vectormill " + VectormillVersion.current()};
    }
  }
}
