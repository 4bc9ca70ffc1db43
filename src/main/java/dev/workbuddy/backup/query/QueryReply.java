package dev.workbuddy.backup.query;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.tables.SqlValue;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the process answers.
 *
 * @param cut whether the answer ended because it was large, rather than long
 * @param error why there is none; null where there is one
 */
public record QueryReply(
    List<String> columns, List<Row> rows, boolean more, boolean cut, @Nullable Refusal error) {

  public QueryReply {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /** One row. As a document it is a list, in which no value is null. */
  record Row(@JsonValue List<SqlValue> cells) {
    Row {
      cells = List.copyOf(cells);
    }

    @JsonCreator
    public static Row of(JsonNode document) {
      return new Row(document.valueStream().map(SqlValue::of).toList());
    }
  }

  /** An error on its way between processes. */
  public record Refusal(ErrorCode code, String message, String hint) {
    public static Refusal of(BackupException error) {
      return new Refusal(error.code(), error.text(), error.hint());
    }

    public BackupException asException() {
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
