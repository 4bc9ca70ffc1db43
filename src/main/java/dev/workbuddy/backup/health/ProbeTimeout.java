package dev.workbuddy.backup.health;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ProgramErrors;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Looks at things for so long and no longer; whatever goes wrong on the way is unknown. */
record ProbeTimeout(Duration limit) {

  Finding look(Probe probe) throws InterruptedException {
    FutureTask<Finding> task = new FutureTask<>(probe::look);
    Thread looking = Thread.ofPlatform().daemon().start(task);
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException tooLong) {
      return Finding.unknown(
          "no answer within " + Ages.text(limit), "Try again; is the network, or the disk, slow?");
    } catch (ExecutionException e) {
      return unknown(e.getCause());
    } finally {
      looking.interrupt();
    }
  }

  private static Finding unknown(@Nullable Throwable cause) {
    return switch (cause) {
      case BackupException error -> Finding.unknown(error.text(), error.hint());
      case Error error -> {
        BackupException failure = ProgramErrors.of(error);
        yield Finding.unknown("it could not be looked at: " + failure.text(), failure.hint());
      }
      case null, default -> Finding.unknown("it could not be looked at: " + cause, "Try again.");
    };
  }
}
