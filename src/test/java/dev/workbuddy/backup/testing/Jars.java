package dev.workbuddy.backup.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.migration.LadderProvider;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Jars with migrations, really compiled and packed. */
public final class Jars {
  private Jars() {}

  /** A jar with one provider class of the package {@code app}, compiled from its source. */
  public static Path compile(Path scratch, String className, String source) throws IOException {
    Path file = scratch.resolve("src/app/" + className + ".java");
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, source);
    JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    Path classes = Files.createDirectories(scratch.resolve("classes"));
    int code =
        compiler.run(
            null,
            OutputStream.nullOutputStream(),
            null,
            "-proc:none",
            "-cp",
            System.getProperty("java.class.path"),
            "-d",
            classes.toString(),
            file.toString());
    assertThat(code).isZero();
    return pack(scratch, classes, "app." + className);
  }

  /** A jar of these classes that names the provider. */
  public static Path pack(Path scratch, Path classes, String provider) throws IOException {
    Path jar = scratch.resolve("ladders.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> tree = Files.walk(classes)) {
      for (Path path : tree.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(path).toString()));
        out.write(Files.readAllBytes(path));
      }
      out.putNextEntry(new JarEntry("META-INF/services/" + LadderProvider.class.getName()));
      out.write(provider.getBytes(StandardCharsets.UTF_8));
    }
    return jar;
  }
}
