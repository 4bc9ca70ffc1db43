package dev.workbuddy.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.testing.Tools;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another process that has something open, until it is closed. */
final class OtherProcess implements AutoCloseable {
  private static final String SQLITE =
      """
      import sqlite3, sys
      db = sqlite3.connect(sys.argv[1])
      db.execute("SELECT count(*) FROM sqlite_master").fetchall()
      print("ready", flush=True)
      sys.stdin.read()
      """;
  private static final String INSERT =
      """
      import sqlite3, sys
      db = sqlite3.connect(sys.argv[1])
      db.execute("INSERT INTO item (name) VALUES (?)", (sys.argv[2],))
      db.commit()
      db.close()
      """;
  private static final String IN_VAIN =
      """
      import sqlite3, sys
      db = sqlite3.connect(sys.argv[1], timeout=0)
      try:
          db.execute("INSERT INTO item (name) VALUES ('lost')")
          db.commit()
          sys.exit("not refused")
      except sqlite3.OperationalError as e:
          assert "locked" in str(e), e
      """;
  private static final String FILE =
      """
      import sys
      file = open(sys.argv[1])
      print("ready", flush=True)
      sys.stdin.read()
      """;
  private static final String LOCK =
      """
      import fcntl, sys
      file = open(sys.argv[1], "r+")
      fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, 1 << 40)
      print("ready", flush=True)
      sys.stdin.read()
      """;

  private final Process process;

  private OtherProcess(Process process) {
    this.process = process;
  }

  /** An application that reads and writes the database with SQLite. */
  static OtherProcess usingDatabase(Path file) throws IOException {
    return start(SQLITE, file);
  }

  /** An application that is done with the database before this returns, and knows its row saved. */
  static void insert(Path file, String name) throws IOException {
    Tools.require("python3");
    Tools.run(DurableFiles.parent(file), List.of("python3", "-c", INSERT, file.toString(), name));
  }

  /**
   * An application that wants the database, does not wait for it, and is told that it is locked.
   */
  static void insertInVain(Path file) throws IOException {
    Tools.require("python3");
    Tools.run(DurableFiles.parent(file), List.of("python3", "-c", IN_VAIN, file.toString()));
  }

  static OtherProcess reading(Path file) throws IOException {
    return start(FILE, file);
  }

  static OtherProcess holdingRunLock(Site site) throws IOException {
    return start(LOCK, site.backups().resolve("lock"));
  }

  private static OtherProcess start(String script, Path file) throws IOException {
    Tools.require("python3");
    List<String> command = new ArrayList<>(List.of("python3", "-c", script, file.toString()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader output = process.inputReader();
    assertThat(output.readLine()).isEqualTo("ready");
    return new OtherProcess(process);
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Lets the process end in peace, and waits until it has. */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    assertThat(process.onExit().join().exitValue()).isZero();
  }
}
