package dev.workbuddy.backup.remote.github;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.Space;
import dev.workbuddy.backup.remote.Piece;
import dev.workbuddy.backup.remote.RemoteContext;
import dev.workbuddy.backup.snapshot.Hold;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.SnapshotId;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * What a release's body says of its snapshot: a summary for people, and one line for machines, in a
 * comment that GitHub does not show. So one listing tells whose each snapshot is, who holds it, and
 * whether all that belongs to it is there.
 */
record ReleaseNotes(Facts facts, @Nullable Manifest manifest) {
  private static final int FORMAT = 1;
  private static final Pattern LINE = Pattern.compile("<!-- wb-backup: (\\{.*}) -->");
  private static final Pattern LINE_BREAK = Pattern.compile("\\s*\\R\\s*");
  private static final Pattern UNSAFE = Pattern.compile("[|`<>\\\\\\p{C}\\u2028\\u2029]");

  /**
   * The line for machines.
   *
   * @param namespace whose the snapshot is
   * @param host the machine that took it
   * @param origin the mark of the data root that pushed it; null where an earlier version did
   * @param pushed when its push began
   * @param complete whether every vital database is inside, as its manifest says
   * @param files what the release has to hold
   * @param hold null where nobody holds it
   */
  record Facts(
      int format,
      String namespace,
      String host,
      @Nullable String origin,
      Instant pushed,
      boolean complete,
      List<Expected> files,
      @Nullable Hold hold) {
    Facts {
      files = Collections.unmodifiableList(new ArrayList<>(files));
    }

    /** Whether this says what the other says; a hold that only this knows of stays. */
    boolean saysAllOf(Facts other) {
      return files.equals(other.files())
          && complete == other.complete()
          && (other.hold() == null || other.hold().equals(hold));
    }

    /** With every text changed that people may have thought up. */
    Facts withTexts(UnaryOperator<String> change) {
      Hold mark =
          hold == null
              ? null
              : new Hold(change.apply(hold.reason()), change.apply(hold.by()), hold.at());
      return new Facts(
          format, namespace, change.apply(host), origin, pushed, complete, files, mark);
    }

    Facts withHold(@Nullable Hold other) {
      return new Facts(format, namespace, host, origin, pushed, complete, files, other);
    }
  }

  /** A file that the release has to hold. */
  record Expected(String name, long bytes, String sha256) {
    static Expected of(Piece piece) {
      return new Expected(piece.name(), piece.bytes(), piece.sha256());
    }
  }

  /** What a push of these pieces, begun now, says. */
  static ReleaseNotes of(StoredSnapshot snapshot, List<Piece> pieces, RemoteContext context) {
    Optional<Manifest> manifest = snapshot.readManifest();
    Facts facts =
        new Facts(
            FORMAT,
            context.namespace(),
            manifest.map(Manifest::host).orElse(context.namespace()),
            context.origin().mark(),
            context.clock().instant(),
            manifest.map(Manifest::isComplete).orElse(false),
            pieces.stream().map(Expected::of).toList(),
            snapshot.hold());
    return new ReleaseNotes(facts, snapshot.manifest());
  }

  /** Returns these notes with a hold that somebody else set, unless this machine knows of one. */
  ReleaseNotes keeping(@Nullable Hold other) {
    return facts.hold() == null ? new ReleaseNotes(facts.withHold(other), manifest) : this;
  }

  /** What a body says, or empty where no wb-backup wrote it or it is not understood. */
  static Optional<Facts> read(String body) {
    Matcher line = LINE.matcher(body);
    if (!line.find()) {
      return Optional.empty();
    }
    try {
      byte[] document = line.group(1).getBytes(StandardCharsets.UTF_8);
      return Optional.of(Json.read(document, Facts.class))
          .filter(facts -> facts.format() == FORMAT)
          .map(facts -> facts.withTexts(ReleaseNotes::decoded));
    } catch (JacksonException | IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }

  /** Returns the body with its line for machines and its text for people changed to this hold. */
  static String withHold(String body, Facts facts, @Nullable Hold hold) {
    String plain = body.replaceFirst("\\*\\*Held\\*\\* [^\\n]*\\n\\n", "");
    String changed =
        LINE.matcher(plain).replaceFirst(Matcher.quoteReplacement(line(facts.withHold(hold))));
    return hold == null ? changed : heldBy(hold) + changed;
  }

  private static String heldBy(Hold hold) {
    return "**Held** by %s since %s: %s%n%n"
        .formatted(safe(hold.by()), hold.at(), safe(hold.reason()))
        .replace("\r", "");
  }

  String text(SnapshotId id) {
    StringBuilder text = new StringBuilder();
    Hold hold = facts.hold();
    if (hold != null) {
      text.append(heldBy(hold));
    }
    text.append("Snapshot of %s taken at %s.\n\n".formatted(safe(facts.host()), id.time()));
    if (manifest != null) {
      summary(manifest).forEach(line -> text.append(line).append('\n'));
    }
    text.append("\nRestore it with `wb-backup restore ").append(id).append("`; ");
    text.append("by hand: `cat` the parts if there are any, check with `sha256sum -c SHA256SUMS`");
    text.append(" and unpack with `tar`.\n\n");
    return text.append(line(facts)).append('\n').toString();
  }

  private static List<String> summary(Manifest manifest) {
    List<String> lines = new ArrayList<>();
    lines.add("| database | rows | schema | size |");
    lines.add("| --- | ---: | ---: | ---: |");
    new TreeMap<>(manifest.databases())
        .forEach((name, database) -> lines.add(row(manifest, name, database)));
    manifest
        .missing()
        .forEach(
            missing ->
                lines.add(
                    "| %s | %s | | |".formatted(safe(missing.database()), safe(missing.reason()))));
    return lines;
  }

  private static String row(Manifest manifest, String name, Manifest.Database database) {
    Map<String, Long> tables = manifest.rowCounts().getOrDefault(name, Map.of());
    long rows = tables.values().stream().mapToLong(Long::longValue).sum();
    return "| %s | %d | %d | %s |"
        .formatted(
            safe(name),
            rows,
            manifest.schemaVersions().getOrDefault(name, 0),
            Space.text(database.bytes()));
  }

  /** Names and reasons are anybody's text; none of it may break the table or the comment. */
  private static String safe(String text) {
    return UNSAFE.matcher(text).replaceAll(" ");
  }

  private static String line(Facts facts) {
    Facts plain = facts.withTexts(ReleaseNotes::encoded);
    String json = LINE_BREAK.matcher(Json.text(plain).strip()).replaceAll(" ");
    return "<!-- wb-backup: " + json + " -->";
  }

  /**
   * People's words as in addresses: they can neither end the comment nor hold a backslash, which
   * {@code gh} does not always hand on as it was.
   */
  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
