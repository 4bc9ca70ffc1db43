import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Build helper: google-java-format on every Java file below a directory, to check or to rewrite.
 */
public final class FormatSources {
  public static void main(String[] args) throws Exception {
    Path root = Path.of(args[0]);
    List<String> command = new ArrayList<>();
    switch (args[1]) {
      case "check" -> command.addAll(List.of("--dry-run", "--set-exit-if-changed"));
      case "rewrite" -> command.add("--replace");
      default -> throw new IllegalArgumentException("check or rewrite, not " + args[1]);
    }
    try (var files = Files.walk(root)) {
      files
          .map(Path::toString)
          .filter(name -> name.endsWith(".java"))
          .sorted()
          .forEach(command::add);
    }
    com.google.googlejavaformat.java.Main.main(command.toArray(String[]::new));
  }
}
