package dev.workbuddy.backup.snapshot.archive;

import dev.workbuddy.backup.outcome.BackupException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads tarballs, also foreign and hostile ones, compressed with gzip or zstd as their first bytes
 * say. Holds no state but its number of threads, so many threads may share it.
 *
 * <p>Every method throws {@link BackupException} with ARCHIVE_DAMAGED for what is cut off, corrupt
 * or missing, with ARCHIVE_UNSAFE for what an honest writer does not produce (links, devices,
 * climbing or repeated names, more bytes than allowed), with INTERRUPTED when the thread is
 * interrupted while waiting; and {@link IOException} when the disk fails or the tarball is not
 * there.
 */
public final class ArchiveReader {
  private final int threads;

  /**
   * @param threads how many threads inflate a tarball that was written by {@link ArchiveWriter}; at
   *     least 1. Others are inflated by one.
   */
  public ArchiveReader(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: " + threads);
    }
    this.threads = threads;
  }

  /**
   * The content of one file. Reads no further than that file, so damage behind it goes unseen;
   * memory is bounded, time only by what stands before it in the tarball.
   *
   * @param maxBytes a larger file is refused as unsafe
   */
  public byte[] readEntry(Path tarball, String name, int maxBytes) throws IOException {
    try (TarReader tar = TarReader.open(tarball, threads)) {
      for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) {
        if (entry.get().name().equals(name)) {
          return content(tar, entry.get(), maxBytes);
        }
      }
      throw tar.complaint().damaged("it lacks %s.".formatted(name));
    }
  }

  private static byte[] content(TarReader tar, ArchiveEntryInfo entry, int maxBytes)
      throws IOException {
    if (entry.bytes() > maxBytes) {
      throw tar.complaint()
          .unsafe("%s has %d bytes, too many.".formatted(entry.name(), entry.bytes()));
    }
    byte[] content = new byte[(int) entry.bytes()];
    int at = 0;
    while (at < content.length) {
      at += tar.read(content, at, content.length - at);
    }
    return content;
  }

  /** All files in the order of the tarball; reads and checks it to its end. */
  public List<ArchiveEntryInfo> list(Path tarball) throws IOException {
    try (TarReader tar = TarReader.open(tarball, threads)) {
      List<ArchiveEntryInfo> entries = new ArrayList<>();
      for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) {
        entries.add(entry.get());
      }
      return List.copyOf(entries);
    }
  }

  /**
   * Writes the wanted files into the directory, creating what they need below it, and reads the
   * tarball to its end, so that every checksum in it is checked.
   *
   * <p>Each file is new, complete and closed when {@code onFile} hears of it, on the calling thread
   * and in the order of the tarball, before later files are unpacked and damage further on is
   * found. All are synced when this method returns; the names in the directories are not. On
   * failure whatever was written stays for the caller to delete.
   */
  public void unpack(UnpackRequest request, Consumer<UnpackedFile> onFile) throws IOException {
    try (TarReader tar = TarReader.open(request.tarball(), threads);
        WorkerPool syncer = new WorkerPool("archive-sync", 1)) {
      new UnpackRun(request, tar, syncer, onFile).run();
    }
  }
}
