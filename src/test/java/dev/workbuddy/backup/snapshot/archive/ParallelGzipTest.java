package dev.workbuddy.backup.snapshot.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParallelGzipTest {
  private static final int BLOCK = 1000;
  private static final Deflate DEFLATE = new ZlibDeflate(CompressionLevel.USUAL);

  static Stream<Arguments> sizes() {
    return Stream.of(0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 57 * BLOCK + 3)
        .flatMap(size -> Stream.of(1, 2, 3, 4).map(threads -> Arguments.of(size, threads)));
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void blocksComeBackInOrder(int size, int threads) throws IOException {
    byte[] content = Samples.content(new Random(size), size);
    byte[] gzip = compressed(content, threads, new WorkerPool("test", threads));
    try (InputStream jdk = new GZIPInputStream(new ByteArrayInputStream(gzip));
        InputStream ours =
            new ParallelGunzipInputStream(new ByteArrayInputStream(gzip), DEFLATE, threads);
        InputStream serial = new SerialGunzipInputStream(new ByteArrayInputStream(gzip))) {
      assertThat(jdk.readAllBytes()).isEqualTo(content);
      assertThat(ours.readAllBytes()).isEqualTo(content);
      assertThat(serial.readAllBytes()).isEqualTo(content);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 20})
  void aFailingCompressorSurfaces(int failingBlock) {
    FailingPool pool = new FailingPool(failingBlock);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> compressed(new byte[20 * BLOCK], 2, new WorkerPool(pool)))
        .withMessage("scripted");
    assertThat(pool.fired).isTrue();
    assertThat(pool.isTerminated()).isTrue();
  }

  @Test
  void afterAFailureNothingMoreIsWritten() throws IOException {
    FailingPool pool = new FailingPool(1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip =
        new ParallelGzipOutputStream(out, DEFLATE, BLOCK, 2, new WorkerPool(pool))) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> gzip.write(new byte[20 * BLOCK]));
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> gzip.write(1));
    }
    assertThat(pool.fired).isTrue();
    assertThat(out.size()).isZero();
  }

  @Test
  void aFullDiskSurfacesAndEndsTheThreads() {
    FailingPool pool = new FailingPool(Integer.MAX_VALUE);
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () -> {
              try (OutputStream gzip =
                  new ParallelGzipOutputStream(full, DEFLATE, BLOCK, 2, new WorkerPool(pool))) {
                gzip.write(new byte[20 * BLOCK]);
              }
            })
        .withMessage("No space left on device");
    assertThat(pool.isTerminated()).isTrue();
  }

  @Test
  void aFailingInflaterSurfacesAfterTheBytesBeforeIt() throws IOException {
    byte[] gzip = compressed(new byte[20 * BLOCK], 2, new WorkerPool("test", 2));
    FailingPool pool = new FailingPool(4);
    try (InputStream in =
        new ParallelGunzipInputStream(
            new ByteArrayInputStream(gzip), DEFLATE, 2, new WorkerPool(pool))) {
      assertThat(in.readNBytes(3 * BLOCK)).hasSize(3 * BLOCK);
      assertThatExceptionOfType(IOException.class).isThrownBy(in::read).withMessage("scripted");
      assertThat(in.read()).as("nothing after a failure").isNegative();
    }
    assertThat(pool.fired).isTrue();
    assertThat(pool.isTerminated()).isTrue();
  }

  private static byte[] compressed(byte[] content, int threads, WorkerPool workers)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new ParallelGzipOutputStream(out, DEFLATE, BLOCK, threads, workers)) {
      int half = content.length / 2;
      gzip.write(content, 0, half);
      gzip.write(content, half, content.length - half);
    }
    return out.toByteArray();
  }

  /** Two threads; the n-th task fails instead of running. */
  private static final class FailingPool extends ThreadPoolExecutor {
    private final AtomicInteger left;
    private final AtomicBoolean fired = new AtomicBoolean();

    FailingPool(int failing) {
      super(2, 2, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
      left = new AtomicInteger(failing);
    }

    @Override
    public <T> Future<T> submit(Callable<T> task) {
      if (left.decrementAndGet() != 0) {
        return super.submit(task);
      }
      return super.submit(
          () -> {
            fired.set(true);
            throw new IOException("scripted");
          });
    }
  }
}
