package org.vectormill.jobs.sample;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vectormill sample}. */
@Command(
    name = "sample",
    header = "Draws and writes a small corpus to try things on.",
    description = {
      "%nWrites DIR/images (shapes, gradients, textures; JPEG, PNG, GIF, BMP) and DIR/texts.txt,",
      "one text a line. Among them are damaged ones: an empty file, a truncated JPEG, a text named",
      ".jpg, a PNG that claims 100,000 x 100,000 pixels, a blank line, one that is not UTF-8, and",
      "copies. The same seed writes the same bytes; files that are there already stay untouched."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  vectormill sample --output corpus",
      "  vectormill ingest --input corpus/images --output out/pictures",
      "  vectormill ingest --input corpus/texts.txt --text-unit line --output out/sentences"
    })
public final class SampleMain implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Local directory, made where it is missing.")
  Path output;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Another seed draws other pictures. Default: ${DEFAULT-VALUE}.")
  long seed;

  @Override
  public Integer call() {
    SampleFiles files = new SampleFiles(output);
    new SampleImages(seed).writeTo(files);
    new SampleTexts(seed).writeTo(files);
    spec.commandLine().getOut().println(files.summary());
    return 0;
  }
}
