package dev.workbuddy.backup.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.config.Compression;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.io.Sleeper;
import dev.workbuddy.backup.outcome.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A file that somebody writes anew, without SQLite's locks, seen in the middle of that. */
class TornLookTest {
  @TempDir private Path scratch;

  enum Look {
    GONE("missing") {
      @Override
      void take(Path file, byte[] whole) throws IOException {
        Files.delete(file);
      }
    },
    EMPTY("empty") {
      @Override
      void take(Path file, byte[] whole) throws IOException {
        Files.write(file, new byte[0]);
      }
    },
    HALF("corrupt") {
      @Override
      void take(Path file, byte[] whole) throws IOException {
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
      }
    },
    NO_HEADER("not-a-database") {
      @Override
      void take(Path file, byte[] whole) throws IOException {
        byte[] torn = whole.clone();
        Arrays.fill(torn, 0, 100, (byte) 'x');
        Files.write(file, torn);
      }
    },
    NO_PAGES_AFTER_THE_FIRST("corrupt") {
      @Override
      void take(Path file, byte[] whole) throws IOException {
        byte[] torn = whole.clone();
        Arrays.fill(torn, 4096, torn.length, (byte) 0);
        Files.write(file, torn);
      }
    };

    private final String reason;

    Look(String reason) {
      this.reason = reason;
    }

    abstract void take(Path file, byte[] whole) throws IOException;
  }

  private Scene scene() throws Exception {
    Scene scene = new Scene(scratch, Scene.FIVE, Compression.GZIP).withDatabases();
    assertThat(scene.take().status()).isEqualTo(Status.DONE);
    scene.clock.moveTo("2026-11-22T11:00:00Z");
    return scene;
  }

  @ParameterizedTest
  @EnumSource
  void take_wholeAgainAtTheThirdLook_isSavedWithoutAlarm(Look look) throws Exception {
    Scene scene = scene();
    Path file = scene.file(1);
    byte[] whole = Files.readAllBytes(file);
    look.take(file, whole);
    AtomicInteger waits = new AtomicInteger();
    Sleeper sleeper =
        pause -> {
          if (waits.incrementAndGet() == 2) {
            write(file, whole);
          }
        };

    BackupResult result = Scene.take(scene.settings, scene.clock, sleeper, Progress.silent());

    assertThat(waits).hasValue(2);
    assertThat(result.missing()).isEmpty();
    assertThat(result.alarms()).isEmpty();
    assertThat(result.status()).isEqualTo(Status.DONE);
    assertThat(Scene.manifest(result).rowCounts().get("projects")).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void take_staysAsItIs_isCalledThatAfterABoundedTime(Look look) throws Exception {
    Scene scene = scene();
    look.take(scene.file(1), Files.readAllBytes(scene.file(1)));
    List<Duration> waits = new ArrayList<>();

    BackupResult result = Scene.take(scene.settings, scene.clock, waits::add, Progress.silent());

    assertThat(waits).isEqualTo(SecondLooks.PAUSES);
    assertThat(waits.stream().mapToLong(Duration::toMillis).sum()).isLessThan(5000);
    assertThat(result.missing())
        .singleElement()
        .satisfies(
            missing -> {
              assertThat(missing.reason()).isEqualTo(look.reason);
              assertThat(missing.detail()).doesNotContain("rewritten");
            });
    assertThat(result.databases()).hasSize(4);
  }

  @Test
  void take_rewrittenAllTheTime_saysSo() throws Exception {
    Scene scene = scene();
    Path file = scene.file(1);
    Look.HALF.take(file, Files.readAllBytes(file));
    AtomicInteger second = new AtomicInteger();
    Sleeper sleeper = pause -> touch(file, second.incrementAndGet());

    BackupResult result = Scene.take(scene.settings, scene.clock, sleeper, Progress.silent());

    assertThat(second).hasValue(SecondLooks.PAUSES.size());
    assertThat(result.missing().getFirst().detail()).contains("it is being rewritten");
  }

  @Test
  void take_missingAndNeverThere_isNotWaitedFor() throws Exception {
    Scene scene = new Scene(scratch, Scene.FIVE, Compression.GZIP).withDatabases();
    Files.delete(scene.file(1));
    List<Duration> waits = new ArrayList<>();

    BackupResult result = Scene.take(scene.settings, scene.clock, waits::add, Progress.silent());

    assertThat(result.missing()).hasSize(1);
    assertThat(waits).isEmpty();
  }

  private static void write(Path file, byte[] content) {
    try {
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void touch(Path file, int second) {
    try {
      Files.setLastModifiedTime(file, FileTime.fromMillis(second * 1000L));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
