package dev.workbuddy.backup.io;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Swaps two directories in one step: {@code renameat2} with {@code RENAME_EXCHANGE}, which Linux
 * has on its common file systems. Both names exist and are whole at every instant.
 */
public final class DirectoryExchange {
  private static final int AT_FDCWD = -100;
  private static final int RENAME_EXCHANGE = 2;
  private static final int EPERM = 1;
  private static final int EACCES = 13;
  private static final int EBUSY = 16;
  private static final int EXDEV = 18;
  private static final int EINVAL = 22;
  private static final int ENOSYS = 38;
  private static final int EOPNOTSUPP = 95;

  private final MethodHandle renameat2;
  private final StructLayout callState = Linker.Option.captureStateLayout();
  private final VarHandle errno =
      callState.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private DirectoryExchange(MethodHandle renameat2) {
    this.renameat2 = renameat2;
  }

  /** The system's exchange, or empty where the system has none. */
  public static Optional<DirectoryExchange> ofSystem() {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      return Optional.empty();
    }
    FunctionDescriptor signature =
        FunctionDescriptor.of(
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT,
            ValueLayout.ADDRESS,
            ValueLayout.JAVA_INT,
            ValueLayout.ADDRESS,
            ValueLayout.JAVA_INT);
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find("renameat2")
        .map(
            symbol ->
                linker.downcallHandle(symbol, signature, Linker.Option.captureCallState("errno")))
        .map(DirectoryExchange::new);
  }

  /**
   * Exchanges the two names and makes the exchange durable.
   *
   * @return false, with nothing changed, where this file system cannot exchange
   * @throws IOException if the system refused for another reason; nothing was changed
   */
  public boolean exchange(Path one, Path other) throws IOException {
    int error = call(one, other);
    if (error == EINVAL || error == ENOSYS || error == EOPNOTSUPP) {
      return false;
    }
    if (error != 0) {
      throw new IOException("cannot exchange %s and %s: %s".formatted(one, other, words(error)));
    }
    DurableFiles.syncDirectory(DurableFiles.parent(one));
    DurableFiles.syncDirectory(DurableFiles.parent(other));
    return true;
  }

  private static String words(int error) {
    return switch (error) {
      case EBUSY, EXDEV -> "one of them is a mount point; both must lie on one file system";
      case EPERM, EACCES -> "not permitted";
      default -> "errno " + error;
    };
  }

  private int call(Path one, Path other) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(callState);
      int result =
          (int)
              renameat2.invokeExact(
                  state,
                  AT_FDCWD,
                  arena.allocateFrom(one.toString()),
                  AT_FDCWD,
                  arena.allocateFrom(other.toString()),
                  RENAME_EXCHANGE);
      return result == 0 ? 0 : (int) errno.get(state, 0L);
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable impossible) {
      throw new IOException("renameat2 could not be called", impossible);
    }
  }
}
