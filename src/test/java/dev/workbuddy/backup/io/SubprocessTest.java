package dev.workbuddy.backup.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workbuddy.backup.testing.Tools;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SubprocessTest {
  private static final Duration PATIENT = Duration.ofSeconds(50);

  /** Starts a child and never ends; each of both holds a lock for as long as it lives. */
  private static final String NEVER_ENDS =
      """
      import fcntl, os, subprocess, sys
      HOLD = "import fcntl, sys; f = open('alive', 'r+'); fcntl.lockf(f, fcntl.LOCK_EX, 1, 1);"
      f = open('alive', 'w')
      fcntl.lockf(f, fcntl.LOCK_EX, 1, 0)
      child = subprocess.Popen([sys.executable, '-c', HOLD + "print('held'); sys.stdin.read()"],
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0,
                               env={**os.environ, 'PYTHONUNBUFFERED': '1'})
      child.stdout.readline()
      print('said before', flush=True)
      os.mkdir('started')
      child.wait()
      """;

  @TempDir Path directory;

  @BeforeAll
  static void needPython() {
    Tools.require("python3");
  }

  @Test
  void run_programThatEnds_givesItsCodeOutputDirectoryAndEnvironment() throws Exception {
    Subprocess.Result result =
        python(
            PATIENT,
            "import os, sys; print(os.getcwd(), os.environ['MINE'], 'größe');"
                + " print('oh', file=sys.stderr); sys.exit(3)");
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.ok()).isFalse();
    assertThat(result.stdout()).isEqualTo(directory.toRealPath() + " set größe\n");
    assertThat(result.stderr()).isEqualTo("oh\n");
  }

  @Test
  void run_argumentsThatAShellWouldRead_arriveAsTheyAre() throws Exception {
    List<String> words = List.of("a b", "$HOME", "; touch x", "`id`", "*", "\"q'", "", "\\n");
    List<String> command =
        new ArrayList<>(List.of("python3", "-c", "import sys; print(sys.argv[1:], end='')"));
    command.addAll(words);
    Subprocess.Result result = Subprocess.run(command, directory, Map.of(), PATIENT);
    assertThat(result.stdout())
        .isEqualTo("['a b', '$HOME', '; touch x', '`id`', '*', '\"q\\'', '', '\\\\n']");
  }

  @Test
  void run_inputIsRead_isAtItsEnd() throws Exception {
    assertThat(python(PATIENT, "import sys; print(repr(sys.stdin.read()))").stdout())
        .isEqualTo("''\n");
  }

  @Test
  void run_muchOutputOnBoth_isBoundedAndTheProgramEnds() throws Exception {
    Subprocess.Result result =
        python(
            PATIENT,
            "import sys\nfor i in range(40): sys.stdout.write('o' * 99999);"
                + " sys.stderr.write('e' * 99999)");
    assertThat(result.exitCode()).isZero();
    assertThat(result.stdout()).hasSize(1 << 20).containsOnlyOnce("o".repeat(1 << 20));
    assertThat(result.stderr()).hasSize(1 << 20);
  }

  @Test
  void run_timeLimit_endsTheProgramAndItsChildren() throws Exception {
    Subprocess.Result result = python(Duration.ofSeconds(2), NEVER_ENDS);
    assertThat(result.exitCode()).isEqualTo(-1);
    assertThat(result.ok()).isFalse();
    assertThat(result.stdout()).isEqualTo("said before\n");
    assertBothEnd();
  }

  @Test
  void run_interrupted_endsTheProgramAndItsChildren() throws Exception {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread runner =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    python(PATIENT, NEVER_ENDS);
                  } catch (Throwable e) {
                    thrown.set(e);
                  }
                });
    while (!Files.exists(directory.resolve("started")) && runner.isAlive()) {
      Thread.onSpinWait();
    }
    runner.interrupt();
    runner.join();
    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    assertBothEnd();
  }

  @Test
  void run_grandchildKeepsTheOutputOpen_whatWasPrintedIsKept() throws Exception {
    Subprocess.Result result =
        python(
            PATIENT,
            """
            import subprocess, sys
            child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(20)'],
                                     stderr=subprocess.DEVNULL)
            print(child.pid)
            """);
    assertThat(result.exitCode()).isZero();
    assertThat(result.stdout()).matches("\\d+\\n");
    ProcessHandle.of(Long.parseLong(result.stdout().strip()))
        .ifPresent(ProcessHandle::destroyForcibly);
  }

  @Test
  void run_noSuchProgram_saysSo() {
    assertThatThrownBy(
            () -> Subprocess.run(List.of("no-such-program"), directory, Map.of(), PATIENT))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no-such-program");
  }

  private Subprocess.Result python(Duration limit, String script) throws Exception {
    return Subprocess.run(
        List.of("python3", "-X", "utf8", "-c", script), directory, Map.of("MINE", "set"), limit);
  }

  /** The system takes their locks from them when they end; hanging here fails by the time limit. */
  private void assertBothEnd() throws IOException {
    assertThat(directory.resolve("started")).exists();
    try (FileChannel alive =
        FileChannel.open(directory.resolve("alive"), StandardOpenOption.WRITE)) {
      assertThat(alive.lock().isValid()).isTrue();
    }
  }

  @Test
  void run_variablesThatAreLeftOut_areNotInherited() throws Exception {
    Subprocess.Result result =
        Subprocess.run(
            List.of("env"), directory, Map.of("KEPT", "1"), Set.of("PATH", "HOME"), PATIENT);
    assertThat(result.stdout().lines())
        .contains("KEPT=1")
        .noneMatch(line -> line.startsWith("PATH=") || line.startsWith("HOME="));
  }

  /** A limit of a minute, and a second to stand still in. */
  private Subprocess.Result moving(String script) throws Exception {
    return Subprocess.run(
        new Subprocess.Call(
            List.of("python3", "-c", script),
            directory,
            System.getenv(),
            PATIENT,
            Duration.ofSeconds(1),
            1 << 16));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void run_programThatStandsStill_isEndedLongBeforeItsLimit() throws Exception {
    long begun = System.nanoTime();

    Subprocess.Result result =
        moving("import sys, time; print('begun', flush=True); time.sleep(300)");

    assertThat(result.exitCode()).isEqualTo(-1);
    assertThat(result.stdout()).isEqualTo("begun\n");
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PATIENT.dividedBy(2));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void run_childThatStandsStill_isEndedWithItsParent() throws Exception {
    assertThat(moving("import subprocess; subprocess.run(['sleep', '300'])").exitCode())
        .isEqualTo(-1);
  }

  @Test
  void run_programThatMovesForLongerThanItMayStandStill_isNotEnded() throws Exception {
    String slowly =
        """
        import time
        with open('/dev/zero', 'rb', 0) as line, open('there', 'wb', 0) as there:
            for i in range(30):
                there.write(line.read(64 << 10))
                time.sleep(0.1)
        """;

    assertThat(moving(slowly).exitCode()).isZero();
    assertThat(directory.resolve("there")).hasSize(30L * (64 << 10));
  }

  @Test
  void run_programThatFloodsItsOutput_isNotEndedAndKeptUpToTheBound() throws Exception {
    Subprocess.Result result =
        moving("import sys\nfor i in range(300): sys.stdout.write('x' * (64 << 10))");

    assertThat(result.exitCode()).isZero();
    assertThat(result.stdout()).hasSize(1 << 16);
  }
}
