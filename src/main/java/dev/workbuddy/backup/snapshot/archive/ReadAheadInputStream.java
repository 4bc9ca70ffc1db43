package dev.workbuddy.backup.snapshot.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** Reads another stream some blocks ahead on a thread of its own. */
final class ReadAheadInputStream extends BlockInputStream<ReadAheadInputStream.Chunk> {
  private static final int CHUNK_BYTES = 1 << 18;
  private static final int CHUNKS = 4;

  private final InputStream source;
  private final WorkerPool reader = new WorkerPool("archive-read-ahead", 1);

  /** Takes ownership of the source. */
  ReadAheadInputStream(InputStream source) {
    super(chunks());
    this.source = source;
  }

  private static List<Chunk> chunks() {
    return Stream.generate(Chunk::new).limit(CHUNKS).toList();
  }

  @Override
  Future<Chunk> begin(Chunk chunk) {
    return reader.submit(() -> chunk.fill(source));
  }

  @Override
  public void close() throws IOException {
    try (source) {
      reader.close();
    }
  }

  static final class Chunk implements Block {
    private final byte[] bytes = new byte[CHUNK_BYTES];
    private int length;

    private Chunk fill(InputStream source) throws IOException {
      length = source.readNBytes(bytes, 0, bytes.length);
      return this;
    }

    @Override
    public byte[] bytes() {
      return bytes;
    }

    @Override
    public int length() {
      return length;
    }

    @Override
    public boolean isEnd() {
      return length == 0;
    }
  }
}
