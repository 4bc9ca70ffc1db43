package dev.workbuddy.backup.sqlite;

import dev.workbuddy.backup.sqlite.CheckFindings.Kind;
import dev.workbuddy.backup.sqlite.CheckPragma.Answer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The judgement of one database. What SQLite objects to is harmless only where it is known to be
 * derived from rows, or declared of them; everything else is damage. Since both depths call the
 * same things damage, what is saved by one is restored by the other.
 */
final class SoundnessCheck {
  private final Connection connection;
  private final Inspector.Depth depth;
  private final SchemaNames names;
  private final CheckPragma check;
  private final Findings findings = new Findings();

  private SoundnessCheck(Connection connection, Inspector.Depth depth) throws SQLException {
    this.connection = connection;
    this.depth = depth;
    this.names = SchemaNames.of(connection);
    this.check = new CheckPragma(connection, names);
  }

  /** Judges the database; then the connection has stand-ins for what only the application has. */
  static Verdict of(Connection connection, Inspector.Depth depth) throws SQLException {
    SoundnessCheck check = new SoundnessCheck(connection, depth);
    check.run();
    return check.findings.verdict();
  }

  private void run() throws SQLException {
    VirtualTables virtual = VirtualTables.of(connection, names, findings);
    if (!isCheckedAsAWhole()) {
      new PieceByPiece(connection, check, findings, this::note).run(names, virtual, depth);
    }
    doubtful();
  }

  /** False, with nothing noted, where SQLite could not check all, or said what nobody knows. */
  private boolean isCheckedAsAWhole() throws SQLException {
    try {
      Answer answer = check.everything(depth);
      if (answer.has(Kind.UNKNOWN) && !answer.has(Kind.STRUCTURE)) {
        return false;
      }
      answer.complaints().forEach(this::note);
      return true;
    } catch (SQLException e) {
      Connections.requireOfTheDatabase(e);
      return false;
    }
  }

  private void note(CheckFindings complaint) {
    switch (complaint.kind()) {
      case STRUCTURE, UNKNOWN -> findings.damage(complaint.lines());
      case INDEX, KEY_ORDER, VALUE, CHECK, VIRTUAL ->
          check
              .doubts()
              .about(complaint)
              .ifPresentOrElse(
                  lacking -> findings.unchecked(complaint.label(), lacking),
                  () ->
                      findings.objection(complaint.label(), complaint.words(), complaint.times()));
    }
  }

  /** What was checked with stand-ins alone is unchecked, whether they complained or not. */
  private void doubtful() {
    unchecked(
        "table ",
        check.doubts().tables(),
        names.tables(),
        words -> !words.startsWith("no such collation sequence"));
    if (depth == Inspector.Depth.FULL) {
      unchecked("index ", check.doubts().indexes(), names.indexes(), _ -> true);
    }
  }

  private void unchecked(
      String what,
      Map<String, String> lacking,
      Map<String, String> named,
      Predicate<String> which) {
    new TreeMap<>(lacking)
        .forEach(
            (folded, words) -> {
              if (which.test(words)) {
                findings.unchecked(what + named.getOrDefault(folded, folded), words);
              }
            });
  }
}
