package dev.workbuddy.backup.runs;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.UnusableDocumentException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads records of runs, today's and those of earlier forms. */
final class RecordReader {
  private static final Pattern DASHED_TIME =
      Pattern.compile("(\\d{4}-\\d{2}-\\d{2}T\\d{2})-(\\d{2})-(\\d{2})((?:\\.\\d+)?Z)");
  private static final Pattern TIME = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T");
  private static final List<String> TIMES = List.of("started_at", "finished_at", "last_good_at");
  private static final List<String> OLDER_TIMES = List.of("finished_at", "ts", "timestamp");
  private static final String STARTED = "started_at";
  private static final String REMOTE = "remote";
  private static final String REMOTES = "remotes";

  private RecordReader() {}

  /**
   * One document.
   *
   * @throws tools.jackson.core.JacksonException where it is none, or no record
   */
  static RunRecord read(byte[] document) {
    return read(Json.parse(document));
  }

  /** Reads a record from a parsed document, which is changed on the way. */
  static RunRecord read(JsonNode tree) {
    if (!(tree instanceof ObjectNode record)) {
      throw new UnusableDocumentException("not an object");
    }
    if (!record.hasNonNull(STARTED)) {
      older(record);
    } else if (record.get(REMOTE) instanceof ObjectNode remote) {
      record.putArray(REMOTES).add(remote(remote));
    }
    TIMES.forEach(key -> withColons(record, key));
    return checked(Json.read(Json.bytes(record), RunRecord.class));
  }

  /** A run that has ended tells when; anything else would never grow old. */
  private static RunRecord checked(RunRecord run) {
    if (!run.isRunning() && run.finishedAt() == null && run.error() == null) {
      throw new UnusableDocumentException("it says " + run.status() + ", but not since when");
    }
    return run;
  }

  private static void withColons(ObjectNode record, String key) {
    Matcher time = DASHED_TIME.matcher(record.path(key).asString(""));
    if (time.matches()) {
      record.put(key, "%s:%s:%s%s".formatted((Object[]) groups(time)));
    }
  }

  private static String[] groups(Matcher time) {
    return new String[] {time.group(1), time.group(2), time.group(3), time.group(4)};
  }

  /** The original Python work-buddy's: one time, the word {@code ok}, at most one remote. */
  private static void older(ObjectNode record) {
    String time =
        OLDER_TIMES.stream()
            .map(key -> record.path(key).asString(""))
            .filter(text -> TIME.matcher(text).lookingAt())
            .findFirst()
            .orElseThrow(() -> new UnusableDocumentException("it has no time"));
    boolean good = isGood(record);
    JsonNode remote = record.get(REMOTE);
    record.put(STARTED, time).put("finished_at", time);
    record.put("status", status(record, good, remote));
    record.set("error", good ? null : error(record));
    record.put("manual", record.path("manual").asBoolean(false));
    record.put("duration_millis", Math.round(record.path("duration_s").asDouble(0) * 1000));
    record.put("bytes", record.path("size_bytes").asLong(0)).put("database_bytes", 0);
    if (good && record.hasNonNull("snapshot_id")) {
      record.put("last_good_snapshot_id", record.get("snapshot_id").asString(""));
      record.put("last_good_at", time);
    }
    record.putArray(REMOTES);
    if (remote instanceof ObjectNode one) {
      record.withArray(REMOTES).add(remote(one));
    }
    record.retain(
        "status",
        "error",
        "snapshot_id",
        "manual",
        STARTED,
        "finished_at",
        "duration_millis",
        "bytes",
        "database_bytes",
        REMOTES,
        "last_good_snapshot_id",
        "last_good_at");
  }

  private static String status(JsonNode record, boolean good, JsonNode remote) {
    if (!good) {
      return record.path("status").asString("").equals("partial") ? "incomplete" : "failed";
    }
    return remote instanceof ObjectNode one && !isGood(one) ? "incomplete" : "done";
  }

  private static boolean isGood(JsonNode node) {
    String status = node.path("status").asString("");
    return status.equals("ok")
        || status.equals("success")
        || status.equals("done")
        || node.path("ok").asBoolean(false);
  }

  private static ObjectNode error(JsonNode record) {
    JsonNode why = record.path("error");
    String message = why.isString() ? why.asString() : why.path("message").asString("");
    String words =
        message.isEmpty() ? record.path("detail").asString("it does not say why") : message;
    return (ObjectNode) Json.tree(new RunError("failed", words, ""));
  }

  private static JsonNode remote(ObjectNode remote) {
    boolean good = isGood(remote);
    String name = remote.path("name").asString("github");
    String detail = remote.path("detail").asString(remote.path("error").asString(""));
    return Json.tree(
        RemoteReport.idle(name, good ? RemoteReport.DONE : RemoteReport.FAILED, null, detail, ""));
  }
}
