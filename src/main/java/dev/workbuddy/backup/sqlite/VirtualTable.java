package dev.workbuddy.backup.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A virtual table as the statement that created it describes it.
 *
 * @param module its module's name, folded to lower case by SQLite's rule
 * @param arguments the module's arguments as they were written
 */
public record VirtualTable(String name, String module, List<String> arguments) {
  /** What follows the name and {@code _} in the names of tables that others' modules make. */
  private static final Map<String, Pattern> OTHERS =
      Map.of(
          "vec0",
          Pattern.compile(
              "chunks|rowids|info|auxiliary|(vector_chunks|metadatachunks|metadatatext)[0-9]+"),
          "spellfix1",
          Pattern.compile("vocab"),
          "vss0",
          Pattern.compile("index|data"));

  public VirtualTable {
    arguments = List.copyOf(arguments);
  }

  /** Reads those of the main or an attached database, also those whose module is not there. */
  public static List<VirtualTable> of(Connection connection, String schema) throws SQLException {
    String query =
        "SELECT name, sql FROM %s.sqlite_schema WHERE type = 'table' AND rootpage = 0 ORDER BY name"
            .formatted(Sql.quote(schema));
    List<VirtualTable> tables = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(query);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        String sql = rows.getString(2);
        tables.add(parse(rows.getString(1), sql == null ? "" : sql));
      }
    }
    return tables;
  }

  /** Reads a statement; where that is odd, the module has no name. */
  static VirtualTable parse(String name, String sql) {
    List<String> words = SqlPieces.of(sql);
    int using = 0;
    while (using < words.size() && !words.get(using).equalsIgnoreCase("USING")) {
      using++;
    }
    if (using + 1 >= words.size()) {
      return new VirtualTable(name, "", List.of());
    }
    String module = Sql.folded(SqlPieces.unquoted(words.get(using + 1)));
    boolean plain = using + 2 >= words.size();
    return new VirtualTable(
        name, module, plain ? List.of() : SqlPieces.arguments(words.get(using + 2)));
  }

  /**
   * The value of an argument such as {@code content='note'}, without its quotes.
   *
   * @return empty where there is no such argument
   */
  public Optional<String> option(String option) {
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (equals > 0 && Sql.isSameName(argument.substring(0, equals).strip(), option)) {
        return Optional.of(SqlPieces.unquoted(argument.substring(equals + 1).strip()));
      }
    }
    return Optional.empty();
  }

  /** Whether the table's name is that of one in which this one would keep what it needs. */
  boolean mayKeep(String table) {
    String begin = Sql.folded(name) + "_";
    String folded = Sql.folded(table);
    if (folded.length() <= begin.length() || !folded.startsWith(begin)) {
      return false;
    }
    Pattern known = OTHERS.get(module);
    return known == null || known.matcher(folded.substring(begin.length())).matches();
  }
}
