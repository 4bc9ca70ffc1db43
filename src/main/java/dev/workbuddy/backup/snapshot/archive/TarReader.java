package dev.workbuddy.backup.snapshot.archive;

import dev.workbuddy.backup.io.SafeNames;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Walks through a tarball that nobody vouches for. Accepts regular files with harmless names, each
 * name once, and reads over directories, which nobody needs; nothing else is accepted. Memory is
 * bounded whatever the archive declares. A broken archive is a {@link
 * dev.workbuddy.backup.outcome.BackupException} ARCHIVE_DAMAGED, a hostile one ARCHIVE_UNSAFE. Once
 * {@link #next} has returned nothing, the whole file has been read, with all its checksums. For one
 * thread at a time.
 */
final class TarReader implements Closeable {
  private static final int MAX_ENTRIES = 100_000;
  private static final int MAX_RECORDS_PER_ENTRY = 4;
  private static final int MAX_RECORD_BYTES = 1 << 18;

  private static final char DIRECTORY = '5';

  /** What a header announces; tools that pack a whole tree announce its directories, too. */
  private record Entry(ArchiveEntryInfo info, boolean directory) {}

  private final TarBlocks blocks;
  private final ArchiveErrors errors;
  private final Set<String> seen = new HashSet<>();

  private TarReader(TarBlocks blocks, ArchiveErrors errors) {
    this.blocks = blocks;
    this.errors = errors;
  }

  /** Opens the file; a file that is not there is an {@link IOException}. */
  static TarReader open(Path tarball, int threads) throws IOException {
    ArchiveErrors errors = new ArchiveErrors(tarball);
    InputStream in = Decompression.open(tarball, errors, threads);
    return new TarReader(new TarBlocks(in, errors), errors);
  }

  ArchiveErrors complaint() {
    return errors;
  }

  /** The next file, after reading over what is left of the current one; empty at the end. */
  Optional<ArchiveEntryInfo> next() throws IOException {
    Optional<Entry> entry = nextEntry();
    while (entry.filter(Entry::directory).isPresent()) {
      entry = nextEntry();
    }
    return entry.map(Entry::info);
  }

  private Optional<Entry> nextEntry() throws IOException {
    blocks.skipContent();
    TarOverrides overrides = TarOverrides.NONE;
    for (int records = 0; records <= MAX_RECORDS_PER_ENTRY; records++) {
      byte[] block = blocks.readBlock();
      if (TarBlocks.isZero(block, block.length)) {
        blocks.readEnd();
        return Optional.empty();
      }
      TarHeader header = header(block);
      switch (header.type()) {
        case '0', '\0', DIRECTORY -> {
          return Optional.of(entry(header, overrides));
        }
        case 'x' -> overrides = extended(overrides, record(header));
        case 'L' -> overrides = longName(overrides, record(header));
        case 'g' -> global(record(header));
        default -> throw notAFile(header);
      }
    }
    throw errors.unsafe("an entry has too many extended headers.");
  }

  private TarHeader header(byte[] block) {
    try {
      return TarHeader.parse(block);
    } catch (IllegalArgumentException e) {
      throw errors.damaged("there is no valid tar header where one should be.", e);
    }
  }

  private TarOverrides extended(TarOverrides overrides, byte[] body) {
    try {
      return overrides.withExtendedHeader(body);
    } catch (IllegalArgumentException e) {
      throw errors.damaged("an extended header cannot be read.", e);
    }
  }

  private TarOverrides longName(TarOverrides overrides, byte[] body) {
    try {
      return overrides.withGnuName(body);
    } catch (IllegalArgumentException e) {
      throw errors.damaged("a long name cannot be read.", e);
    }
  }

  /** Comments are harmless; a name or size for all entries at once has no honest use. */
  private void global(byte[] body) {
    if (!extended(TarOverrides.NONE, body).equals(TarOverrides.NONE)) {
      throw errors.unsafe("a global header names or sizes all its files at once.");
    }
  }

  private byte[] record(TarHeader header) throws IOException {
    if (header.bytes() > MAX_RECORD_BYTES) {
      throw errors.unsafe(
          "an extended header of %d bytes is larger than any honest one."
              .formatted(header.bytes()));
    }
    blocks.startContent(header.bytes());
    byte[] body = new byte[(int) header.bytes()];
    int at = 0;
    while (at < body.length) {
      at += blocks.read(body, at, body.length - at);
    }
    blocks.skipContent();
    return body;
  }

  private Entry entry(TarHeader header, TarOverrides overrides) {
    String name = safeName(header, overrides);
    if (overrides.sparse()) {
      throw errors.unsafe("%s is a sparse file.".formatted(ArchiveErrors.quote(name)));
    }
    requireNew(name);
    long bytes = overrides.bytes().orElse(header.bytes());
    boolean directory = header.type() == DIRECTORY;
    if (directory && bytes != 0) {
      throw errors.unsafe("%s is a directory with content.".formatted(ArchiveErrors.quote(name)));
    }
    blocks.startContent(bytes);
    return new Entry(new ArchiveEntryInfo(name, bytes, header.mode()), directory);
  }

  private String safeName(TarHeader header, TarOverrides overrides) {
    String given =
        overrides
            .name()
            .or(header::name)
            .orElseThrow(() -> errors.unsafe("a name in it is not UTF-8."));
    String name =
        header.type() == DIRECTORY && given.endsWith("/")
            ? given.substring(0, given.length() - 1)
            : given;
    SafeNames.problem(name)
        .ifPresent(
            problem -> {
              throw errors.unsafe("the name %s %s.".formatted(ArchiveErrors.quote(name), problem));
            });
    return name;
  }

  private void requireNew(String name) {
    if (!seen.add(name) || seen.size() > MAX_ENTRIES) {
      throw errors.unsafe("%s comes twice, or too late.".formatted(ArchiveErrors.quote(name)));
    }
  }

  private RuntimeException notAFile(TarHeader header) {
    String kind =
        switch (header.type()) {
          case '1' -> "a hard link";
          case '2' -> "a symbolic link";
          case '3', '4' -> "a device";
          case '6' -> "a named pipe";
          case 'S' -> "a sparse file";
          default -> "not a regular file";
        };
    return errors.unsafe(
        "%s is %s.".formatted(ArchiveErrors.quote(header.name().orElse("?")), kind));
  }

  /** Reads from the current file; -1 at its end. */
  int read(byte[] to, int offset, int length) throws IOException {
    return blocks.read(to, offset, length);
  }

  @Override
  public void close() throws IOException {
    blocks.close();
  }
}
