package dev.workbuddy.backup.query;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.tables.DatabaseCache;
import dev.workbuddy.backup.tables.SnapshotDatabases;
import dev.workbuddy.backup.tables.SnapshotDatabases.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The use case of asking a snapshot, in SQL that can only read. */
public final class QuerySnapshot {
  private final SnapshotDatabases snapshots;

  public QuerySnapshot(Settings settings, InstantSource clock) {
    this.snapshots = new SnapshotDatabases(settings, clock);
  }

  /** Unpacks what is named, asks, and reads the answer up to the limits. */
  public QueryResult run(QueryRequest request, Progress progress)
      throws IOException, InterruptedException {
    Source source = snapshots.find(request.snapshot());
    source.item(request.database());
    ReadOnlySql.require(request.sql());
    Set<String> names = new TreeSet<>(request.neighbours());
    names.add(request.database());
    Map<String, Path> files = snapshots.files(source, names, DatabaseCache.Trust.SEAL, progress);
    progress.step("asking " + request.database());
    QueryReply reply = QueryProcess.ask(order(request, files), request.database(), progress);
    return new QueryResult(
        source.id(),
        request.database(),
        reply.columns(),
        reply.rows().stream().map(QueryReply.Row::cells).toList(),
        reply.more(),
        reply.cut()
            ? Stream.concat(source.remarks().stream(), Stream.of(cut(reply))).toList()
            : source.remarks());
  }

  private static QueryOrder order(QueryRequest request, Map<String, Path> files) {
    Map<String, String> neighbours = new TreeMap<>();
    files.forEach((name, file) -> neighbours.put(name, file.toString()));
    String main = Objects.requireNonNull(neighbours.remove(request.database()));
    return new QueryOrder(
        main, neighbours, request.sql(), request.limit(), request.time().toMillis());
  }

  private static String cut(QueryReply reply) {
    return "the answer ends after %d rows: it is as large as an answer may be (%d MiB)"
        .formatted(reply.rows().size(), QueryProcess.MOST_BYTES >> 20);
  }
}
