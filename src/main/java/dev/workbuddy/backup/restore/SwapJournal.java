package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.RelativePath;
import dev.workbuddy.backup.io.StateFile;
import dev.workbuddy.backup.io.Stored;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A swap that was begun: enough for another process to finish or undo it.
 *
 * @param snapshotId what is being put in place
 * @param staging the new directory's name, beside the live one
 * @param kept the name that the old directory gets
 * @param replaced the databases that differ between the two, relative to the directory
 * @param spent the name of an earlier kept directory, whose data is live again afterwards; null for
 *     none
 * @param staged what {@link FileFingerprints} says of the new directory's files before the swap
 */
record SwapJournal(
    String snapshotId,
    String staging,
    String kept,
    List<RelativePath> replaced,
    @Nullable String spent,
    Map<String, String> staged) {
  private static final int MOST_BYTES = 64 << 20;

  SwapJournal {
    replaced = List.copyOf(replaced);
    staged = Map.copyOf(staged);
  }

  /** The note of a swap, if it names no directories but those that swaps make. */
  static Stored<SwapJournal> read(LiveDirectory live) {
    return file(live)
        .json(SwapJournal.class)
        .unless(
            journal ->
                journal.names().allMatch(name -> live.own(name).isPresent())
                    ? Optional.empty()
                    : Optional.of("names directories that no restore makes"));
  }

  static StateFile file(LiveDirectory live) {
    return new StateFile(live.journal(), MOST_BYTES);
  }

  private Stream<String> names() {
    return Stream.concat(Stream.of(staging, kept), Stream.ofNullable(spent));
  }

  SwapMarker purpose() {
    return new SwapMarker(spent == null ? snapshotId : null, spent);
  }

  /** The databases that differ between the two, relative to the directory. */
  List<String> files() {
    return replaced.stream().map(RelativePath::text).toList();
  }

  void write(LiveDirectory live) throws IOException {
    DurableFiles.writeForOthers(live.journal(), Json.bytes(this));
  }

  /** Where the new directory is until it is live, and the old one from then on for a moment. */
  Path staging(LiveDirectory live) {
    return live.path().resolveSibling(staging);
  }

  Path kept(LiveDirectory live) {
    return live.path().resolveSibling(kept);
  }

  /** The earlier kept directory whose data is live again afterwards. */
  Optional<Path> spent(LiveDirectory live) {
    return Optional.ofNullable(spent).map(live.path()::resolveSibling);
  }
}
