package dev.workbuddy.backup.io;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/** Lets work that nobody waits for give way to everything else that wants the processor. */
public final class BackgroundThread {
  /** What the command {@code nice} adds without being told: others hardly notice it then. */
  private static final int INCREMENT = 10;

  private BackgroundThread() {}

  /**
   * Makes the calling thread a background one, with every thread that it starts from now on, for
   * good: the system does not let it rise again. Only Linux has such a priority for a thread;
   * elsewhere, and where the system refuses, nothing changes.
   */
  public static void become() {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      return;
    }
    Linker linker = Linker.nativeLinker();
    linker
        .defaultLookup()
        .find("nice")
        .map(symbol -> linker.downcallHandle(symbol, FunctionDescriptor.of(JAVA_INT, JAVA_INT)))
        .ifPresent(BackgroundThread::call);
  }

  private static void call(MethodHandle nice) {
    try {
      int _ = (int) nice.invokeExact(INCREMENT);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable impossible) {
      throw new IllegalStateException("nice could not be called", impossible);
    }
  }
}
