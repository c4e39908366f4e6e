/**
 * What every job needs around it: options layered over a file, a session, progress, the result
 * file, and the exit code. {@link org.vectormill.jobs.runner.Cli} is the front door.
 *
 * <p>A job is four types in a package of its own, and a line in {@link org.vectormill.jobs.Main}:
 *
 * <ul>
 *   <li>{@code EmbedOptions}: a record; its compact constructor throws {@link
 *       org.vectormill.schemas.VectormillException#usage} with option, value and rule.
 *   <li>{@code WaveResult implements} {@link org.vectormill.jobs.runner.JobResult}: a record whose
 *       constructor checks that counts balance; jobs that give each row a row or a reject share it.
 *   <li>{@code EmbedJob implements} {@link org.vectormill.jobs.runner.Job}{@code <EmbedOptions>}:
 *       the Spark plan, as named steps.
 *   <li>{@code EmbedMain extends} {@link org.vectormill.jobs.runner.JobCommand}: the flags, and
 *       nothing but the call:
 *       <pre>{@code
 * @Command(
 *     name = "embed",
 *     header = "Turns items into vectors.",
 *     footerHeading = "%nExamples:%n",
 *     footer = "  vectormill embed --input items --encoder builtin:text --output vectors")
 * public final class EmbedMain extends JobCommand {
 *   @Option(names = "--input", required = true, paramLabel = "URI", description = "Items table.")
 *   String input;
 *
 *   @Override
 *   public Integer call() {
 *     return run(() -> new EmbedOptions(input, ..., jobOptions()), new EmbedJob());
 *   }
 * }
 * }</pre>
 * </ul>
 *
 * <p>The common options (run id, seed, reject gate, dry run) reach the job as {@link
 * org.vectormill.jobs.runner.RunContext}; {@code --input} and {@code --output} are the job's own.
 * Enum options are matched in any case; boolean flags that default to true are declared {@code
 * negatable = true, defaultValue = "true", fallbackValue = "true"}. A failed gate that published
 * its rejects throws {@code QUALITY} with a {@link org.vectormill.jobs.runner.GateFailedException}
 * as its cause, so that the result file has the counts.
 */
package org.vectormill.jobs.runner;
