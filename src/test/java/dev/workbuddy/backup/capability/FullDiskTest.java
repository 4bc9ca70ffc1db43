package dev.workbuddy.backup.capability;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.runs.RunError;
import dev.workbuddy.backup.testing.Databases;
import dev.workbuddy.backup.testing.Listing;
import dev.workbuddy.backup.testing.ObedientClock;
import dev.workbuddy.backup.testing.SmallDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * The disk is full from some step on, or all but full: whatever changes data, and does not swap
 * directories, is done and says so, or has changed nothing and says so.
 */
class FullDiskTest {
  private static final int PAGE = 4096;
  private static final List<Integer> FREE_PAGES = List.of(0, 3);

  @TempDir Path root;

  /** What changes data without a swap. */
  enum Work {
    RESCUE("data_rescue", "{\"snapshot_id\": \"latest\", \"apply\": true}"),
    MIGRATE("migrate_run", "{}"),
    PULL("data_pull", "{\"snapshot_id\": \"latest\"}"),
    RESTORE_ELSEWHERE("data_restore", "{\"snapshot_id\": \"latest\", \"to\": \"%s/elsewhere\"}");

    private final String capability;
    private final String arguments;

    Work(String capability, String arguments) {
      this.capability = capability;
      this.arguments = arguments;
    }
  }

  @ParameterizedTest
  @EnumSource
  void call_diskIsFullFromSomeStepOn_isDoneOrChangedNothing(Work work) throws Exception {
    List<String> steps = new ArrayList<>();
    try (Scene scene = new Scene(root.resolve("disk"), work)) {
      assertThat(scene.isDone()).isFalse();
      scene.call(new AtEachStep(steps::add));
      assertThat(scene.isDone()).isTrue();
    }
    assertThat(steps).isNotEmpty();
    for (int step : IntStream.range(0, steps.size()).toArray()) {
      for (int free : FREE_PAGES) {
        try (Scene scene = new Scene(root.resolve("disk"), work)) {
          fillAtStep(scene, step, free);
        } catch (AssertionError e) {
          throw new AssertionError("%s, %d pages free".formatted(steps.get(step), free), e);
        }
      }
    }
  }

  private static void fillAtStep(Scene scene, int step, int free) throws Exception {
    List<String> seen = new ArrayList<>();
    Optional<RunError> refused =
        scene.call(
            new AtEachStep(
                name -> {
                  seen.add(name);
                  if (seen.size() == step + 1) {
                    scene.fill(free);
                  }
                }));
    assertThat(seen).hasSizeGreaterThan(step);
    refused.ifPresent(
        e -> assertThat(e.code() + ": " + e.message()).containsPattern("disk-full|No space left"));
    assertThat(scene.isDone()).as("what the answer says: %s", refused).isEqualTo(refused.isEmpty());
    Files.delete(scene.filler());
    if (refused.isPresent()) {
      assertThat(scene.call(Progress.silent())).as("as soon as there is room").isEmpty();
      assertThat(scene.isDone()).isTrue();
    }
    assertThat(scene.leftovers()).isEmpty();
  }

  private record AtEachStep(Consumer<String> action) implements Progress {
    @Override
    public void step(String what) {
      action.accept(what);
    }

    @Override
    public void advance(long done, long total) {}
  }

  /** One database of an application on a disk of its own, with a snapshot here and far away. */
  private static final class Scene implements AutoCloseable {
    private final ObedientClock clock = new ObedientClock("2026-03-04T05:06:07Z");
    private final SmallDisk disk;
    private final Work work;
    private final Path project;
    private final Capabilities capabilities;

    Scene(Path at, Work work) throws Exception {
      this.disk = SmallDisk.mount(at, 24);
      this.work = work;
      this.project = disk.root();
      this.capabilities = Workspaces.in(project, clock, clock);
      Path far = at.resolveSibling("far");
      DurableFiles.deleteTree(far);
      Files.createDirectories(far);
      Files.writeString(
          project.resolve("config.yaml"),
          """
          backups:
            databases:
              notes: { path: notes.db, migrations: steps }
            directory: { path: %s }
          """
              .formatted(far));
      Files.createDirectories(project.resolve(".data/db"));
      Files.createDirectories(project.resolve("steps"));
      Files.writeString(
          project.resolve("steps/001_notes.sql"), "CREATE TABLE note (id INTEGER PRIMARY KEY, t);");
      Databases.run(
          live(),
          "CREATE TABLE note (id INTEGER PRIMARY KEY, t)",
          "INSERT INTO note (t) VALUES ('one'), ('two'), (hex(zeroblob(20000)))",
          "PRAGMA user_version = 1");
      call(capabilities.dataBackup(), "{}", Progress.silent());
      switch (work) {
        case RESCUE -> Databases.run(live(), "DELETE FROM note WHERE id > 1");
        case MIGRATE ->
            Files.writeString(
                project.resolve("steps/002_more.sql"),
                "CREATE TABLE more (t); INSERT INTO more SELECT t FROM note;");
        case PULL -> DurableFiles.deleteTree(project.resolve(".data/backups"));
        case RESTORE_ELSEWHERE -> {}
      }
    }

    private Path live() {
      return project.resolve(".data/db/notes.db");
    }

    Path filler() {
      return project.resolve("filler");
    }

    void fill(int freePages) {
      disk.fill();
      try (SeekableByteChannel file = Files.newByteChannel(filler(), StandardOpenOption.WRITE)) {
        file.truncate(file.size() - (long) freePages * PAGE);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** What it was refused with; empty where it says that it is done. */
    Optional<RunError> call(Progress progress) throws Exception {
      Capability<?, ?> called =
          capabilities.all().stream()
              .filter(one -> one.name().equals(work.capability))
              .findFirst()
              .orElseThrow();
      try {
        call(called, work.arguments.formatted(project), progress);
        return Optional.empty();
      } catch (BackupException | IOException e) {
        return Optional.of(RunError.of(e));
      }
    }

    private static <P extends Record, R extends Outcome> void call(
        Capability<P, R> called, String arguments, Progress progress) throws Exception {
      called.call(called.read(Json.read(arguments.getBytes(UTF_8), JsonNode.class)), progress);
    }

    boolean isDone() throws Exception {
      return switch (work) {
        case RESCUE -> Databases.askOne(live(), "SELECT count(*) FROM note").equals("3");
        case MIGRATE -> Databases.askOne(live(), "PRAGMA user_version").equals("2");
        case PULL -> isPulled();
        case RESTORE_ELSEWHERE -> Files.exists(project.resolve("elsewhere/notes.db"));
      };
    }

    private boolean isPulled() throws IOException {
      Path backups = project.resolve(".data/backups");
      return Files.isDirectory(backups)
          && Listing.of(backups).stream()
              .anyMatch(name -> name.matches("snap-[^/.]*/MANIFEST.json"));
    }

    List<String> leftovers() throws IOException {
      return Listing.of(project).stream()
          .filter(name -> name.contains("partial") || name.contains("staging"))
          .toList();
    }

    @Override
    public void close() throws IOException {
      disk.close();
    }
  }
}
