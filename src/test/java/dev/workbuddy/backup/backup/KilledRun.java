package dev.workbuddy.backup.backup;

import dev.workbuddy.backup.config.Compression;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.io.Sleeper;
import dev.workbuddy.backup.testing.SuddenDeath;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A program that takes a snapshot and kills itself, as {@code kill -9} does, at the nth moment at
 * which the run tells of a step or asks for the time.
 */
final class KilledRun {
  private KilledRun() {}

  public static void main(String[] arguments) throws Exception {
    Path scratch = Path.of(arguments[0]);
    Instant now = Instant.parse(arguments[1]);
    AtomicInteger left = new AtomicInteger(Integer.parseInt(arguments[2]));
    Scene scene = new Scene(scratch, Scene.FIVE.subList(0, 2), Compression.GZIP);
    InstantSource clock =
        () -> {
          SuddenDeath.countDown(left);
          return now;
        };
    Progress progress =
        new Progress() {
          @Override
          public void step(String what) {
            SuddenDeath.countDown(left);
          }

          @Override
          public void advance(long done, long total) {}
        };
    Scene.take(scene.settings, clock, Sleeper.real(), progress);
  }
}
