package dev.workbuddy.backup.io;

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
  private static final int MOST_ARGUMENTS = 5;

  private final MemorySegment function;
  private final boolean ofSize;

  private LibC(MemorySegment function, boolean ofSize) {
    this.function = function;
    this.ofSize = ofSize;
  }

  static boolean isLinux() {
    return System.getProperty("os.name", "").equals("Linux");
  }

  /** A function that answers with an int; empty where this system has none, as all but Linux. */
  static Optional<LibC> find(String name) {
    return find(name, false);
  }

  /** A function that answers with a size. */
  static Optional<LibC> findOfSize(String name) {
    return find(name, true);
  }

  private static Optional<LibC> find(String name, boolean ofSize) {
    return isLinux()
        ? Linker.nativeLinker().defaultLookup().find(name).map(found -> new LibC(found, ofSize))
        : Optional.empty();
  }

  /**
   * Calls it.
   *
   * @param arguments whole numbers and pointers, as the function wants them
   */
  long call(Object... arguments) {
    long[] all = new long[MOST_ARGUMENTS];
    for (int i = 0; i < arguments.length; i++) {
      all[i] =
          arguments[i] instanceof MemorySegment pointer
              ? pointer.address()
              : ((Number) arguments[i]).longValue();
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Shape.STATE);
      long whole =
          (long) Shape.CALL.invokeExact(function, state, all[0], all[1], all[2], all[3], all[4]);
      long result = ofSize ? whole : (int) whole;
      return result >= 0 ? result : -(int) Shape.ERRNO.get(state, 0L);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable impossible) {
      throw new IllegalStateException("the C library could not be called", impossible);
    }
  }

  /**
   * One shape for all functions, so that Java makes a way of calling only once, which takes it a
   * while: on the processors that Linux has a Java 25 for, each argument has a register of its own,
   * whatever its width, and a function does not look at those that it has no use for.
   */
  private static final class Shape {
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
        STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final ValueLayout.OfLong REGISTER = ValueLayout.JAVA_LONG;
    private static final MethodHandle CALL =
        Linker.nativeLinker()
            .downcallHandle(
                FunctionDescriptor.of(REGISTER, REGISTER, REGISTER, REGISTER, REGISTER, REGISTER),
                Linker.Option.captureCallState("errno"));
  }
}
