package dev.workbuddy.backup.remote.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.remote.Fetch;
import dev.workbuddy.backup.remote.Origin;
import dev.workbuddy.backup.remote.Remote;
import dev.workbuddy.backup.remote.RemoteContext;
import dev.workbuddy.backup.remote.RemoteSnapshot;
import dev.workbuddy.backup.remote.RetryPolicy;
import dev.workbuddy.backup.remote.RetryingRemote;
import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.snapshot.SnapshotState;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import dev.workbuddy.backup.testing.ObedientClock;
import dev.workbuddy.backup.testing.Snapshots;
import dev.workbuddy.backup.testing.Tools;
import dev.workbuddy.backup.testing.github.Fault;
import dev.workbuddy.backup.testing.github.Faults;
import dev.workbuddy.backup.testing.github.Operation;
import dev.workbuddy.backup.testing.github.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every trouble that passes, at each single request of each job: all end well after a retry. */
@Timeout(120)
class GithubTransientsTest {
  private static final String ID = "snap-2026-11-22T10-00-00Z";
  private static final Set<Operation> QUESTIONS =
      EnumSet.of(Operation.LIST_RELEASES, Operation.FIND_RELEASE);
  private static final Set<Operation> QUERIES =
      EnumSet.of(Operation.QUERY_REPOSITORY, Operation.QUERY_RELEASE_BY_TAG);
  private static final Set<Operation> DOWNLOADS = EnumSet.of(Operation.DOWNLOAD_ASSET);
  private static final Set<Operation> CHANGES =
      EnumSet.of(Operation.CREATE_RELEASE, Operation.UPLOAD_ASSET, Operation.CHANGE_RELEASE);
  private static final Set<Operation> ALL = EnumSet.allOf(Operation.class);

  @TempDir private Path scratch;
  private final AtomicInteger number = new AtomicInteger();
  private final AtomicInteger happened = new AtomicInteger();

  @BeforeAll
  static void needGh() {
    Tools.require("gh");
  }

  /** What may happen to a request, and to which ones. */
  private record Trouble(String name, Fault fault, Set<Operation> concerned) {
    private static final String LATE = "late";

    static List<Trouble> all() {
      return List.of(
          answer("502 without a word", Reply.silent(502), ALL),
          answer(
              "empty answer",
              Reply.silent(200),
              EnumSet.complementOf(EnumSet.of(Operation.UPLOAD_ASSET))),
          new Trouble("cut", new Fault.Cut(), ALL),
          new Trouble("cut answer", new Fault.CutAfter(7), ALL),
          // A question whose answer is lost is one that was cut.
          new Trouble("answer lost", new Fault.AnswerLost(), CHANGES),
          answer("GraphQL's own trouble", Reply.graphqlTrouble(), QUERIES),
          // Only who has just published may meet it.
          new Trouble(LATE, new Fault.Late(), QUESTIONS),
          answer("expired link", Reply.expiredLink(), DOWNLOADS),
          new Trouble("flipped byte", new Fault.WrongBytes(), DOWNLOADS));
    }

    private static Trouble answer(String name, Reply reply, Set<Operation> concerned) {
      return new Trouble(name, new Fault.Answer(reply), concerned);
    }

    boolean concerns(Operation operation, Job job) {
      return concerned.contains(operation) && (!name.equals(LATE) || job == Job.PUSH);
    }
  }

  /** What is done, by a machine that tries again. */
  enum Job {
    PUSH {
      @Override
      void run(Scene scene) throws Exception {
        scene.persistent().push(scene.snapshot, Progress.silent()).orThrow();
        scene.requireWhole();
      }
    },
    LIST {
      @Override
      void run(Scene scene) throws Exception {
        assertThat(scene.persistent().list().orThrow().snapshots()).hasSize(1);
      }
    },
    FETCH {
      @Override
      void run(Scene scene) throws Exception {
        Remote remote = scene.persistent();
        RemoteSnapshot copy = remote.list().orThrow().snapshots().getFirst();
        StoredSnapshot fetched =
            new Fetch(scene.elsewhere().store()).run(remote, copy, Progress.silent());
        Checksums.verify(fetched);
        assertThat(fetched.tarball()).hasSameBinaryContentAs(scene.snapshot.tarball());
      }
    };

    abstract void run(Scene scene) throws Exception;
  }

  /** A repository, a snapshot, and what a clean run of a job asks GitHub. */
  static final class Scene implements AutoCloseable {
    private final ObedientClock clock = new ObedientClock("2026-11-22T10:05:00Z");
    private final GithubPlace place;
    private final Path directory;
    private final StoredSnapshot snapshot;
    private int machines;

    Scene(Path directory, Job job) throws Exception {
      this.directory = directory;
      this.place = new GithubPlace(Files.createDirectories(directory.resolve("place")), clock);
      this.snapshot = new Snapshots(directory.resolve("backups"), 42).complete(ID, 3_000);
      if (job != Job.PUSH) {
        persistent().push(snapshot, Progress.silent()).orThrow();
      }
    }

    Remote persistent() throws Exception {
      RemoteContext context =
          place.reaching(
              new RemoteContext(
                  "this-machine",
                  Origin.of("this-machine", Path.of("/data")),
                  System.getenv(),
                  Files.createDirectories(directory.resolve("passing")),
                  clock,
                  clock,
                  new Random(7),
                  2_000L << 20));
      return new RetryingRemote(
          GithubReleases.of(GithubPlace.REPOSITORY, false, context),
          new RetryPolicy(clock, new Random(3)));
    }

    /** A machine that has nothing yet. */
    Snapshots elsewhere() throws Exception {
      return new Snapshots(directory.resolve("elsewhere-%d/backups".formatted(machines++)), 1);
    }

    void requireWhole() throws Exception {
      assertThat(persistent().list().orThrow().snapshots())
          .hasSize(1)
          .allMatch(copy -> copy.state() == SnapshotState.COMPLETE);
      int releases = place.world().inspect(GithubPlace.REPOSITORY, each -> each.releases().size());
      assertThat(releases).as("no second draft").isEqualTo(1);
    }

    @Override
    public void close() {
      place.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void job_eachTroubleAtEachRequest_endsWell(Job job) throws Exception {
    List<Case> cases = cases(job);
    BlockingQueue<Scene> scenes = new LinkedBlockingQueue<>();
    List<Callable<String>> runs =
        cases.stream().<Callable<String>>map(each -> () -> outcome(job, each, scenes)).toList();
    List<String> failures = new ArrayList<>();
    try (var pool = Executors.newFixedThreadPool(4)) {
      for (Future<String> run : pool.invokeAll(runs)) {
        failures.add(run.get());
      }
    } finally {
      scenes.forEach(Scene::close);
    }
    assertThat(failures).filteredOn(failure -> !failure.isEmpty()).isEmpty();
    assertThat(happened.get()).isGreaterThan(cases.size() * 3 / 4);
  }

  /** A request, as the nth of its kind in a run, and what happens to it. */
  private record Case(Operation operation, int earlier, Trouble trouble) {}

  /**
   * Some requests run side by side, so they are counted by kind. Of more than two alike, as for
   * each file, those between the first and the last show nothing new.
   */
  private List<Case> cases(Job job) throws Exception {
    List<Operation> requests = cleanRun(job);
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      Operation operation = requests.get(i);
      int earlier = Collections.frequency(requests.subList(0, i), operation);
      boolean between = earlier > 0 && requests.subList(i + 1, requests.size()).contains(operation);
      if (between) {
        continue;
      }
      for (Trouble trouble : Trouble.all()) {
        if (trouble.concerns(operation, job)) {
          cases.add(new Case(operation, earlier, trouble));
        }
      }
    }
    assertThat(cases).hasSizeGreaterThan(requests.size() * 2);
    return cases;
  }

  private List<Operation> cleanRun(Job job) throws Exception {
    try (Scene scene = new Scene(scratch.resolve(job + "-clean"), job)) {
      int before = scene.place.github().seen().size();
      if (job == Job.PUSH) {
        scene.persistent().push(scene.snapshot, Progress.silent()).orThrow();
      } else {
        job.run(scene);
      }
      List<Operation> seen = scene.place.github().seen();
      return List.copyOf(seen.subList(before, seen.size()));
    }
  }

  /**
   * What went wrong, or nothing.
   *
   * @param scenes which a push uses up, and others leave as they were
   */
  private String outcome(Job job, Case wanted, BlockingQueue<Scene> scenes) throws Exception {
    Scene free = scenes.poll();
    Scene scene =
        free == null ? new Scene(scratch.resolve(job + "-" + number.incrementAndGet()), job) : free;
    Faults faults = scene.place.github().faults();
    faults
        .spare(wanted.earlier(), wanted.operation())
        .next(wanted.operation(), wanted.trouble().fault());
    try {
      job.run(scene);
      return "";
    } catch (Exception | AssertionError e) {
      return "%s: %s at %s after %d: %s"
          .formatted(job, wanted.trouble().name(), wanted.operation(), wanted.earlier(), e);
    } finally {
      // Of two requests side by side, gh does not send the second where the first is quick.
      if (!faults.forget()) {
        happened.incrementAndGet();
      }
      if (job == Job.PUSH) {
        scene.close();
      } else {
        scenes.add(scene);
      }
    }
  }
}
