package dev.workbuddy.backup.migration;

import dev.workbuddy.backup.outcome.BackupException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * What the application's code says of its newest schema versions. No command is run twice, and
 * several are run side by side: one that hangs costs its time limit once, not once for each
 * database. For one thread.
 */
final class TopVersions {
  private static final int AT_ONCE = 16;

  private final Path directory;
  private final Duration limit;
  private final Map<List<String>, Answer> answers = new HashMap<>();

  /**
   * For one run.
   *
   * @param directory where commands run
   * @param limit how long each may take
   */
  TopVersions(Path directory, Duration limit) {
    this.directory = directory;
    this.limit = limit;
  }

  /**
   * What came of a command.
   *
   * @param failure null where it told the version
   */
  private record Answer(int version, @Nullable BackupException failure) {}

  /** Runs those of the commands that were not run yet. */
  void ask(Collection<List<String>> commands) {
    Set<List<String>> open = new LinkedHashSet<>(commands);
    open.removeAll(answers.keySet());
    if (open.isEmpty()) {
      return;
    }
    List<List<String>> asked = List.copyOf(open);
    List<Callable<Answer>> calls = asked.stream().map(this::call).toList();
    try (ExecutorService pool = Executors.newFixedThreadPool(Math.min(asked.size(), AT_ONCE))) {
      List<Future<Answer>> come = new ArrayList<>(pool.invokeAll(calls));
      for (int i = 0; i < asked.size(); i++) {
        answers.put(asked.get(i), come.get(i).get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw TopVersion.interrupted(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private Callable<Answer> call(List<String> command) {
    return () -> {
      try {
        return new Answer(new TopVersion(command, directory, limit).ask(), null);
      } catch (BackupException e) {
        return new Answer(0, e);
      }
    };
  }

  /**
   * What a command prints; it is run if it was not yet.
   *
   * @throws BackupException {@code migrate-command-failed} where it does not tell the version
   */
  int of(List<String> command) {
    ask(List.of(command));
    Answer answer = answers.get(command);
    if (answer == null) {
      throw new IllegalStateException("asked and not answered");
    }
    if (answer.failure() != null) {
      throw answer.failure();
    }
    return answer.version();
  }
}
