package dev.workbuddy.backup.remote.directory;

import dev.workbuddy.backup.io.Space;
import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.remote.RemoteListing;
import dev.workbuddy.backup.remote.RemoteResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;

/** Calls the file system for a directory remote and turns its errors into results. */
final class DiskCalls {
  private DiskCalls() {}

  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException, InterruptedException;
  }

  /** A fault whose kind is known where it is found. */
  static final class Unusable extends IOException {
    private static final long serialVersionUID = 1L;

    private final RemoteFault fault;
    private final String hint;

    Unusable(RemoteFault fault, String detail, String hint) {
      super(detail);
      this.fault = fault;
      this.hint = hint;
    }
  }

  /**
   * Does the work.
   *
   * @param what in words that the directory's name completes
   */
  static <T> RemoteResult<T> attempt(String what, Path root, Work<T> work)
      throws InterruptedException {
    try {
      return RemoteResult.ok(work.run());
    } catch (Unusable e) {
      return RemoteResult.failed(e.fault, String.valueOf(e.getMessage()), e.hint);
    } catch (UncheckedIOException e) {
      return failed(what, root, new IOException(e.getMessage(), e));
    } catch (IOException e) {
      return failed(what, root, e);
    } catch (ReadOnlyFileSystemException e) {
      return RemoteResult.failed(
          RemoteFault.FORBIDDEN,
          root + " can only be read",
          "Mount it such that it can be written.");
    }
  }

  private static <T> RemoteResult<T> failed(String work, Path root, IOException error) {
    String what = "cannot %s %s".formatted(work, root);
    if (Space.ranOut(error)) {
      return RemoteResult.failed(
          RemoteFault.QUOTA, what + ": the disk is full", "Free some space there.");
    }
    return switch (error) {
      case NoSuchFileException gone ->
          RemoteResult.failed(
              RemoteFault.NOT_FOUND,
              what + ": " + gone.getFile() + " is not there",
              RemoteListing.hint("directory:" + root));
      case AccessDeniedException denied ->
          RemoteResult.failed(
              RemoteFault.FORBIDDEN,
              what + ": " + denied.getFile() + " is not open to this user",
              "Give it to the user who takes the snapshots.");
      default ->
          RemoteResult.failed(
              RemoteFault.FAILED,
              what + ": " + reason(error),
              "Check the disk, its mount and its permissions.");
    };
  }

  private static String reason(IOException error) {
    boolean known = error instanceof FileSystemException named && named.getReason() != null;
    return known
        ? String.valueOf(((FileSystemException) error).getReason())
        : String.valueOf(error.getMessage());
  }
}
