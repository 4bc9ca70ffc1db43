package dev.workbuddy.backup.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A real file system of a few megabytes. Only an administrator can mount one. */
public final class SmallDisk implements AutoCloseable {
  private final Path root;

  private SmallDisk(Path root) {
    this.root = root;
  }

  public static SmallDisk mount(Path at, int mebibytes) throws IOException {
    Tools.require("mount", "umount");
    Files.createDirectories(at);
    Process mount =
        new ProcessBuilder(
                "mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", at.toString())
            .start();
    Tools.requirePermission(
        mount.onExit().join().exitValue() == 0, "this test may not mount a file system");
    return new SmallDisk(at);
  }

  public Path root() {
    return root;
  }

  /** Writes until nothing more fits. */
  public void fill() {
    byte[] block = new byte[4096];
    try (OutputStream filler = Files.newOutputStream(root.resolve("filler"))) {
      while (true) {
        filler.write(block);
      }
    } catch (IOException full) {
      if (!String.valueOf(full.getMessage()).contains("No space left")) {
        throw new UncheckedIOException(full);
      }
    }
  }

  public void allowOnlyReading() throws IOException {
    Tools.run(root.resolveSibling("."), List.of("mount", "-o", "remount,ro", root.toString()));
  }

  @Override
  public void close() throws IOException {
    Tools.run(root.resolveSibling("."), List.of("umount", root.toString()));
  }
}
