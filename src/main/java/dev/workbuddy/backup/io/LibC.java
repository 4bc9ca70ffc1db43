package dev.workbuddy.backup.io;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Optional;

/**
 * A function of Linux's C library that Java has no method for. A call answers with the function's
 * result, or with the error number as a negative one.
 */
final class LibC {
  static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  static final ValueLayout.OfLong SIZE = ValueLayout.JAVA_LONG;
  static final AddressLayout POINTER = ValueLayout.ADDRESS;

  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private final String name;
  private final MethodHandle handle;

  private LibC(String name, MethodHandle handle) {
    this.name = name;
    this.handle = handle;
  }

  static boolean isLinux() {
    return System.getProperty("os.name", "").equals("Linux");
  }

  /** The function; empty where this system has none of that name, as all but Linux. */
  static Optional<LibC> find(String name, MemoryLayout result, MemoryLayout... parameters) {
    if (!isLinux()) {
      return Optional.empty();
    }
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find(name)
        .map(
            symbol ->
                linker.downcallHandle(
                    symbol,
                    FunctionDescriptor.of(result, parameters),
                    Linker.Option.captureCallState("errno")))
        .map(handle -> new LibC(name, handle));
  }

  /**
   * Calls it.
   *
   * @param arguments as the function was described
   */
  long call(Object... arguments) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      Object[] all = new Object[arguments.length + 1];
      all[0] = state;
      System.arraycopy(arguments, 0, all, 1, arguments.length);
      long result = ((Number) handle.invokeWithArguments(all)).longValue();
      return result >= 0 ? result : -(int) ERRNO.get(state, 0L);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable impossible) {
      throw new IllegalStateException(name + " could not be called", impossible);
    }
  }
}
