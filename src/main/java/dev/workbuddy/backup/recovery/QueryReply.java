package dev.workbuddy.backup.recovery;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the process answers.
 *
 * @param cut whether the answer ended because it was large, rather than long
 * @param error why there is none; null where there is one
 */
record QueryReply(
    List<String> columns,
    List<List<Cell>> rows,
    boolean more,
    boolean cut,
    @Nullable Refusal error) {

  QueryReply {
    rows = rows.stream().map(QueryReply::whole).toList();
  }

  /** JSON has no cells of NULL, only null. */
  private static List<Cell> whole(List<? extends @Nullable Cell> row) {
    List<Cell> cells = new ArrayList<>();
    for (@Nullable Cell cell : row) {
      cells.add(cell == null ? new Cell.Null() : cell);
    }
    return List.copyOf(cells);
  }

  /** An error on its way between processes. */
  record Refusal(ErrorCode code, String message, String hint) {
    static Refusal of(BackupException error) {
      return new Refusal(error.code(), error.text(), error.hint());
    }

    BackupException asException() {
      return new BackupException(code, message, hint);
    }
  }

  static QueryReply of(BackupException error) {
    return new QueryReply(List.of(), List.of(), false, false, Refusal.of(error));
  }

  /** The answer itself, or the error thrown. */
  QueryReply orThrow() {
    if (error != null) {
      throw error.asException();
    }
    return this;
  }
}
