package dev.workbuddy.backup.snapshot.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.workbuddy.backup.config.Compression;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveWriterTest {
  private static final int BYTES = 8 << 20;

  @TempDir Path scratch;
  private Path tarball = Path.of("");
  private Path source = Path.of("");

  @BeforeEach
  void files() throws IOException {
    tarball = scratch.resolve("t");
    source = Files.write(scratch.resolve("source"), new byte[BYTES]);
  }

  @ParameterizedTest
  @ValueSource(ints = {BYTES - 1, BYTES + 1, 0})
  void aFileThatChangesItsSizeIsNotArchived(int newSize) throws IOException {
    try (FileChannel channel = FileChannel.open(source, StandardOpenOption.WRITE);
        ArchiveWriter writer =
            ArchiveWriter.create(
                tarball,
                Compression.GZIP,
                CompressionLevel.USUAL,
                2,
                bytes -> changeSize(channel, newSize))) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> writer.addFile("a.db", source, 0600, Samples.MODIFIED))
          .withMessageContaining("changed its size");
      assertThatExceptionOfType(IllegalStateException.class).isThrownBy(writer::finish);
    }
  }

  private static void changeSize(FileChannel channel, int size) {
    try {
      channel.truncate(size);
      if (size > channel.size()) {
        channel.write(ByteBuffer.allocate(1), size - 1L);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyByteIsReported(Compression compression) throws IOException {
    AtomicLong reported = new AtomicLong();
    try (ArchiveWriter writer =
        ArchiveWriter.create(
            tarball, compression, CompressionLevel.HASTE, 2, reported::addAndGet)) {
      writer.addBytes("MANIFEST.json", new byte[7], 0600, Samples.MODIFIED);
      assertThat(writer.addFile("a.db", source, 0600, Samples.MODIFIED))
          .isEqualTo(new ArchivedFile("a.db", BYTES, Samples.sha256(new byte[BYTES])));
      writer.finish();
    }
    assertThat(reported).hasValue(BYTES + 7);
  }

  @ParameterizedTest
  @EnumSource
  void anAbandonedArchiveIsNone(Compression compression) throws IOException {
    try (ArchiveWriter writer = ArchiveWriter.create(tarball, compression, 2)) {
      writer.addFile("a.db", source, 0600, Samples.MODIFIED);
    }
    assertThatExceptionOfType(BackupException.class)
        .isThrownBy(() -> new ArchiveReader(2).list(tarball))
        .returns(ErrorCode.ARCHIVE_DAMAGED, BackupException::code);
  }

  @Test
  void namesAreCheckedBeforeAnythingIsWritten() throws IOException {
    try (ArchiveWriter writer = ArchiveWriter.create(tarball, Compression.GZIP, 1)) {
      writer.addBytes("a.db", new byte[1], 0600, Samples.MODIFIED);
      for (String name : new String[] {"a.db", "../a", "/a", "", "a\\b", "x/", "C:x"}) {
        assertThatExceptionOfType(IllegalArgumentException.class)
            .isThrownBy(() -> writer.addBytes(name, new byte[1], 0600, Samples.MODIFIED));
      }
      writer.finish();
    }
    assertThat(new ArchiveReader(1).list(tarball))
        .containsExactly(new ArchiveEntryInfo("a.db", 1, 0600));
  }

  @Test
  void anExistingFileIsLeftAlone() {
    assertThatExceptionOfType(FileAlreadyExistsException.class)
        .isThrownBy(() -> ArchiveWriter.create(source, Compression.GZIP, 1));
    assertThat(source).hasSize(BYTES);
  }
}
