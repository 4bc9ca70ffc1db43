package dev.workbuddy.backup.recovery;

import dev.workbuddy.backup.migration.History;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.recovery.RescueResult.LeftOut;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which tables of a database take part in a rescue, and why the others do not. */
final class TableChoice {
  private final String database;
  private final RescueRequest request;
  private final Map<String, TableShape> live;
  private final List<TableMapping> mappings = new ArrayList<>();
  private final List<LeftOut> leftOut = new ArrayList<>();

  private TableChoice(String database, RescueRequest request, Map<String, TableShape> live) {
    this.database = database;
    this.request = request;
    this.live = live;
  }

  private enum Obstacle {
    GONE(ErrorCode.SCHEMAS_DIFFER, "the live database has no such table"),
    HISTORY(ErrorCode.SCHEMAS_DIFFER, "it tells the history of the live schema"),
    VIRTUAL(ErrorCode.SCHEMAS_DIFFER, "a virtual table keeps its rows in a form of its own"),
    KEYLESS(
        ErrorCode.NO_USABLE_KEY,
        "it has no primary key; with --keyless rows are told apart by content"),
    HIDDEN(ErrorCode.NO_USABLE_KEY, "it has neither a primary key nor a name left for its rowid");

    private final ErrorCode code;
    private final String reason;

    Obstacle(ErrorCode code, String reason) {
      this.code = code;
      this.reason = reason;
    }
  }

  /**
   * Chooses.
   *
   * @param virtual the names of the snapshot's virtual tables
   * @throws BackupException where a table that was asked for by name cannot take part, or one
   *     cannot be mapped
   */
  static TableChoice of(
      String database,
      RescueRequest request,
      Map<String, TableShape> live,
      Map<String, TableShape> old,
      List<String> virtual) {
    TableChoice choice = new TableChoice(database, request, live);
    old.values().stream().filter(table -> request.wants(table.name())).forEach(choice::consider);
    virtual.stream()
        .filter(request::wants)
        .forEach(table -> choice.leaveOut(table, Obstacle.VIRTUAL));
    return choice;
  }

  List<TableMapping> mappings() {
    return List.copyOf(mappings);
  }

  List<LeftOut> leftOut() {
    return List.copyOf(leftOut);
  }

  private void consider(TableShape old) {
    TableShape now = live.get(old.name());
    if (now == null) {
      leaveOut(old.name(), Obstacle.GONE);
      return;
    }
    Optional<Obstacle> obstacle = obstacle(old, now);
    obstacle.ifPresent(found -> leaveOut(old.name(), found));
    if (obstacle.isEmpty()) {
      TableMapping mapping = TableMapping.of(old, now);
      mapping.requireSameKey();
      mappings.add(mapping);
    }
  }

  private Optional<Obstacle> obstacle(TableShape old, TableShape now) {
    if (old.name().equalsIgnoreCase(History.TABLE)) {
      return Optional.of(Obstacle.HISTORY);
    }
    if (!now.key().isEmpty() || !old.key().isEmpty()) {
      return Optional.empty();
    }
    if (!request.options().keyless()) {
      return Optional.of(Obstacle.KEYLESS);
    }
    return old.rowid().isEmpty() ? Optional.of(Obstacle.HIDDEN) : Optional.empty();
  }

  /** What was asked for by name is refused rather than left out. */
  private void leaveOut(String table, Obstacle obstacle) {
    if (request.names(table)) {
      throw new BackupException(
          obstacle.code,
          "%s: rows of %s cannot be brought back: %s".formatted(database, table, obstacle.reason),
          "`wb-backup restore ID --to DIR` unpacks the whole snapshot beside the live data.");
    }
    leftOut.add(new LeftOut(table, obstacle.reason));
  }
}
