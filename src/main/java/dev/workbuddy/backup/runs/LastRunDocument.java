package dev.workbuddy.backup.runs;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.UnusableDocumentException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The document {@code last_run.json}: how the last run went and, beside it, how the last restore
 * ended. A restore says nothing of how fresh the snapshots are. What the original work-buddy's
 * check reads stands in it under the names that it knows; this program reads {@code state} and
 * never those.
 */
public final class LastRunDocument {
  private static final String STATE = "state";
  private static final String STATUS = "status";
  private static final String MESSAGE = "message";
  private static final String NO_RUN = "none";
  private static final String LAST_RESTORE = "last_restore";

  private LastRunDocument() {}

  /** Both in one document, for whoever knows of no document before it. */
  public static JsonNode of(@Nullable RunRecord run, @Nullable RestoreRecord restore) {
    return of(run, restore, OriginalWords.FIRST_RUN);
  }

  /**
   * Both in one document; what there was none of, is not made up.
   *
   * @param before what the original's check reads while the run goes on: how the run before it
   *     ended, since this one has neither failed nor ended well
   */
  static JsonNode of(
      @Nullable RunRecord run, @Nullable RestoreRecord restore, OriginalWords before) {
    ObjectNode document = run == null ? noRun() : ofRun(run, before);
    if (restore == null) {
      return document.putNull(LAST_RESTORE);
    }
    document.set(LAST_RESTORE, Json.tree(restore));
    return document;
  }

  private static ObjectNode noRun() {
    return JsonNodeFactory.instance
        .objectNode()
        .put(STATE, NO_RUN)
        .put(STATUS, NO_RUN)
        .put(MESSAGE, "no snapshot was taken yet");
  }

  private static ObjectNode ofRun(RunRecord run, OriginalWords before) {
    OriginalWords words = run.isRunning() ? before : OriginalWords.of(run);
    Instant at = run.lastGood().map(LastGood::at).orElse(run.latest());
    ObjectNode document = JsonNodeFactory.instance.objectNode().put(STATE, run.status());
    document.setAll((ObjectNode) Json.tree(run));
    return document
        .put(STATUS, words.status())
        .put(MESSAGE, words.message())
        .put("ts", at.truncatedTo(ChronoUnit.SECONDS).toString())
        .put("size_bytes", run.bytes());
  }

  /**
   * What a document tells the original's check; of one in an earlier form, what it would tell.
   *
   * @throws tools.jackson.core.JacksonException where it is no such document
   */
  static OriginalWords words(byte[] document) {
    JsonNode tree = Json.parse(document);
    if (!tree.has(STATE)) {
      return run(document).map(OriginalWords::of).orElse(OriginalWords.FIRST_RUN);
    }
    return tree.path(STATE).asString("").equals(NO_RUN)
        ? OriginalWords.FIRST_RUN
        : new OriginalWords(tree.path(STATUS).asString(""), tree.path(MESSAGE).asString(""));
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
    if (tree instanceof ObjectNode record && record.has(STATE)) {
      record.set(STATUS, record.get(STATE));
    }
    return tree.path(STATUS).asString("").equals(NO_RUN)
        ? Optional.empty()
        : Optional.of(RecordReader.read(tree));
  }
}
