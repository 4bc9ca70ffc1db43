package dev.workbuddy.backup.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.testing.Databases;
import dev.workbuddy.backup.testing.ObedientClock;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Migrations in a jar that was really compiled and packed. */
@Timeout(60)
class JavaLaddersTest {
  private static final String NOTES =
      """
      package app;
      import dev.workbuddy.backup.migration.*;
      import java.util.List;
      public class Notes implements LadderProvider {
        public String database() { return "notes"; }
        public List<Step> steps() {
          return List.of(
              Step.sql(1, "initial", "CREATE TABLE note (text TEXT); INSERT INTO note VALUES ('a')"),
              Step.java(2, "upper case", connection -> {
                try (var statement = connection.createStatement()) {
                  statement.execute("UPDATE note SET text = '" + Helper.word() + "'");
                }
              }));
        }
        static class Helper { static String word() { return "HELP"; } }
      }
      """;

  @TempDir private Path scratch;

  /** A jar with one provider class, compiled from its source. */
  private Path jar(String className, String source) throws Exception {
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
    return pack(classes, "app." + className);
  }

  private Path pack(Path classes, String provider) throws Exception {
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

  @Test
  void read_jarWithAProvider_isItsLadder() throws Exception {
    StepLadder ladder = JavaLadders.read(jar("Notes", NOTES), "notes");
    Path file = Files.createFile(scratch.resolve("notes.db"));

    Climb climb =
        new MigrationRunner(new ObedientClock("2026-05-06T07:08:09Z"), Duration.ofSeconds(1))
            .run(file, ladder, EditedSteps.REFUSE);

    assertThat(climb.to()).isEqualTo(2);
    assertThat(Databases.askOne(file, "SELECT text FROM note")).isEqualTo("HELP");
    assertThat(Databases.ask(file, "SELECT ifnull(hash_format, 'none') FROM _migration_history"))
        .containsExactly("wb-backup-sql-1", "none");
  }

  @Test
  void read_jarWithoutALadderForTheDatabase_isRefusedAndSaysWhatItHas() throws Exception {
    Path jar = jar("Notes", NOTES);
    assertThat(Refused.with(ErrorCode.LADDER_INVALID, () -> JavaLadders.read(jar, "tasks")).text())
        .contains("0 ladders for tasks", "those it has are for: notes");
  }

  @Test
  void read_providerThatThrows_isRefused() throws Exception {
    Path jar =
        jar(
            "Notes",
            NOTES.replace(
                "return List.of(",
                "if (true) throw new" + " IllegalStateException(\"no luck\"); return List.of("));
    assertThat(Refused.with(ErrorCode.LADDER_INVALID, () -> JavaLadders.read(jar, "notes")).text())
        .contains("no luck");
  }

  @Test
  void read_jarThatNamesAClassItLacks_isRefused() throws Exception {
    Path jar = pack(Files.createDirectories(scratch.resolve("classes")), "app.Gone");
    assertThat(Refused.with(ErrorCode.LADDER_INVALID, () -> JavaLadders.read(jar, "notes")).text())
        .contains("app.Gone");
  }

  @Test
  void read_noJarOrNoArchive_isRefused() throws Exception {
    Path missing = scratch.resolve("missing.jar");
    Refused.with(ErrorCode.LADDER_INVALID, () -> JavaLadders.read(missing, "notes"));
    Path text = Files.writeString(scratch.resolve("text.jar"), "not an archive");
    Refused.with(ErrorCode.LADDER_INVALID, () -> JavaLadders.read(text, "notes"));
  }
}
