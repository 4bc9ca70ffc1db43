package dev.workbuddy.backup.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The virtual tables of a database. What they hold is in shadow tables, which are ordinary ones: a
 * virtual table that does not work costs no row of those.
 *
 * @param connection the one that they were opened with
 * @param usable the names of those that SQLite can open here
 */
record VirtualTables(Connection connection, List<String> usable) {
  private static final String NO_REASON = "SQL logic error";

  /** Tries to open each of them; what cannot be opened is noted. */
  static VirtualTables of(Connection connection, SchemaNames names, Findings findings)
      throws SQLException {
    List<String> usable = new ArrayList<>();
    VirtualTables virtual = new VirtualTables(connection, usable);
    for (String name : names.virtual().values().stream().sorted().toList()) {
      try {
        Sql.execute(connection, "EXPLAIN SELECT 1 FROM main." + Sql.quote(name));
        usable.add(name);
      } catch (SQLException e) {
        virtual.note(name, e, findings);
      }
    }
    return virtual;
  }

  static String label(String name) {
    return "virtual table " + name;
  }

  /** Notes why one does not work: the application may have what is lacking here. */
  void note(String name, SQLException e, Findings findings) throws SQLException {
    Connections.requireOfTheDatabase(e);
    SQLException why = SqliteMessages.of(e).equals(NO_REASON) ? askedForWords(name).orElse(e) : e;
    if (ApplicationsOwn.isLacking(why)) {
      findings.unchecked(label(name), SqliteMessages.of(why));
    } else {
      findings.objection(label(name), SqliteMessages.withCode(why), 1);
    }
  }

  /** A full-text table looks for its tokenizer when it is searched, and then says what it lacks. */
  private Optional<SQLException> askedForWords(String name) {
    try {
      Sql.execute(connection, "SELECT 1 FROM main." + Sql.quote(name) + "('a') LIMIT 1");
      return Optional.empty();
    } catch (SQLException e) {
      return Optional.of(e).filter(ApplicationsOwn::isLacking);
    }
  }
}
