package dev.workbuddy.backup.runs;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.UnusableDocumentException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The document {@code last_run.json}: how the last run went and, beside it, how the last restore
 * ended. A restore says nothing of how fresh the snapshots are.
 */
public final class LastRunDocument {
  private static final String STATUS = "status";
  private static final String NO_RUN = "none";
  private static final String LAST_RESTORE = "last_restore";

  private LastRunDocument() {}

  /** Both in one document; what there was none of, is not made up. */
  public static JsonNode of(@Nullable RunRecord run, @Nullable RestoreRecord restore) {
    ObjectNode document =
        run == null
            ? JsonNodeFactory.instance.objectNode().put(STATUS, NO_RUN)
            : (ObjectNode) Json.tree(run);
    if (restore == null) {
      return document.putNull(LAST_RESTORE);
    }
    document.set(LAST_RESTORE, Json.tree(restore));
    return document;
  }

  /**
   * The run in a document; empty where it says that there was none.
   *
   * @throws tools.jackson.core.JacksonException where it is no such document
   */
  static Optional<RunRecord> run(byte[] document) {
    if (document.length == 0) {
      throw new UnusableDocumentException("it is empty");
    }
    JsonNode tree = Json.parse(document);
    return tree.path(STATUS).asString("").equals(NO_RUN)
        ? Optional.empty()
        : Optional.of(RecordReader.read(document));
  }
}
