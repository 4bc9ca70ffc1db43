package dev.workbuddy.backup.snapshot.archive;

import dev.workbuddy.backup.io.DurableFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** One run of {@link ArchiveReader#unpack}: what has come, what is still owed, what is syncing. */
final class UnpackRun {
  private final UnpackRequest request;
  private final TarReader tar;
  private final WorkerPool syncer;
  private final Consumer<UnpackedFile> onFile;
  private final StagedFiles staged;
  private final Set<String> come = new HashSet<>();
  private final Deque<Future<Path>> syncing = new ArrayDeque<>();
  private long leftForUnknown;

  UnpackRun(
      UnpackRequest request, TarReader tar, WorkerPool syncer, Consumer<UnpackedFile> onFile) {
    this.request = request;
    this.tar = tar;
    this.syncer = syncer;
    this.onFile = onFile;
    this.staged = new StagedFiles(request.directory(), tar.complaint());
    this.leftForUnknown = request.maxBytesUnknown();
  }

  void run() throws IOException {
    for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) {
      take(entry.get());
    }
    requireAll();
    while (!syncing.isEmpty()) {
      WorkerPool.await(syncing.remove());
    }
  }

  private void take(ArchiveEntryInfo entry) throws IOException {
    checkSize(entry);
    come.add(entry.name());
    if (request.wanted().contains(entry.name())) {
      UnpackedFile file = staged.write(entry, tar);
      syncing.add(syncer.submit(() -> synced(file.path())));
      onFile.accept(file);
    }
  }

  private static Path synced(Path file) throws IOException {
    DurableFiles.syncFile(file);
    return file;
  }

  private void checkSize(ArchiveEntryInfo entry) {
    OptionalLong declared = request.expected().get(entry.name());
    if (declared != null && declared.isPresent()) {
      checkDeclared(entry, declared.getAsLong());
    } else if (declared != null) {
      checkUpTo(leftForUnknown, entry);
      leftForUnknown -= entry.bytes();
    } else if (request.ignored().contains(entry.name())) {
      checkUpTo(UnpackRequest.MAX_IGNORED_BYTES, entry);
    } else {
      throw tar.complaint()
          .unsafe("%s does not belong in it.".formatted(ArchiveErrors.quote(entry.name())));
    }
  }

  private void checkDeclared(ArchiveEntryInfo entry, long declared) {
    checkUpTo(declared, entry);
    if (entry.bytes() < declared) {
      throw tar.complaint()
          .damaged(
              "%s has %d bytes, but %d were declared."
                  .formatted(ArchiveErrors.quote(entry.name()), entry.bytes(), declared));
    }
  }

  private void checkUpTo(long limit, ArchiveEntryInfo entry) {
    if (entry.bytes() > limit) {
      throw tar.complaint()
          .unsafe(
              "%s would unpack to %d bytes where at most %d are allowed."
                  .formatted(ArchiveErrors.quote(entry.name()), entry.bytes(), limit));
    }
  }

  private void requireAll() {
    Set<String> missing = new TreeSet<>(request.expected().keySet());
    missing.removeAll(come);
    if (!missing.isEmpty()) {
      throw tar.complaint()
          .damaged("it lacks %s.".formatted(ArchiveErrors.quote(String.join(", ", missing))));
    }
  }
}
