package org.vectormill.udfs.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;

/**
 * Names of a TorchScript module's inputs, which PyTorch's Java binding does not tell. A TorchScript
 * file is a zip archive: {@code data.pkl} names the module's class, and {@code code/} holds the
 * classes' text, with the arguments of {@code forward} by name.
 */
final class TorchScriptFile {
  private static final int MOST_BYTES = 32 << 20;

  /** The first class that the pickle names is that of the module itself. */
  private static final Pattern CLASS =
      Pattern.compile("c(__torch__[\\w.]*)\n(\\w+)\n", Pattern.UNICODE_CHARACTER_CLASS);

  private static final Pattern ARGUMENT = Pattern.compile("(?:^|,)\\s*(\\w+)\\s*:");

  /**
   * Arguments of the module's {@code forward}, in order.
   *
   * @throws VectormillException ({@code ENCODER}) where the file is not TorchScript
   */
  static List<String> inputs(Path file) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry pickle = entry(zip, "/data.pkl");
      if (pickle == null) {
        throw notTorchScript(file, "it holds no data.pkl", null);
      }
      Matcher name = CLASS.matcher(text(zip, pickle, StandardCharsets.ISO_8859_1));
      if (!name.find()) {
        throw notTorchScript(
            file, "it names no module; weights alone (a state_dict) can't run", null);
      }
      ZipEntry code = entry(zip, "/code/" + name.group(1).replace('.', '/') + ".py");
      String source = code == null ? "" : text(zip, code, StandardCharsets.UTF_8);
      return arguments(file, source, name.group(2));
    } catch (IOException e) {
      throw notTorchScript(file, e.getMessage(), e);
    }
  }

  private static List<String> arguments(Path file, String source, String className) {
    Matcher forward =
        Pattern.compile(
                "class "
                    + Pattern.quote(className)
                    + "\\((?:(?!\nclass ).)*?def forward\\(self[^,)]*,?(.*?)\\)\\s*->",
                Pattern.DOTALL)
            .matcher(source);
    if (!forward.find()) {
      throw notTorchScript(file, "module " + className + " has no forward method", null);
    }
    List<String> names = new ArrayList<>();
    Matcher argument = ARGUMENT.matcher(forward.group(1).replaceAll("\\[[^\\]]*\\]", ""));
    while (argument.find()) {
      names.add(argument.group(1));
    }
    return List.copyOf(names);
  }

  private static ZipEntry entry(ZipFile zip, String end) {
    return zip.stream()
        .filter(e -> e.getName().endsWith(end))
        .filter(e -> e.getName().indexOf('/') == e.getName().length() - end.length())
        .findFirst()
        .map(ZipEntry.class::cast)
        .orElse(null);
  }

  private static String text(ZipFile zip, ZipEntry entry, java.nio.charset.Charset charset)
      throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      return new String(in.readNBytes(MOST_BYTES), charset);
    }
  }

  private static VectormillException notTorchScript(Path file, String why, Exception cause) {
    return new VectormillException(
        Fault.ENCODER, file + " is not a TorchScript file: " + why, cause);
  }

  private TorchScriptFile() {}
}
