package dev.workbuddy.backup.io;

/** Lets work that nobody waits for give way to everything else that wants the processor. */
public final class BackgroundThread {
  /** What the command {@code nice} adds by default: others hardly notice the thread then. */
  private static final int INCREMENT = 10;

  private BackgroundThread() {}

  /**
   * Makes the calling thread a background one, with every thread that it starts from now on, for
   * good: the system does not let it rise again. Only Linux has such a priority for a thread;
   * elsewhere, and where the system refuses, nothing changes.
   */
  public static void become() {
    LibC.find("nice").ifPresent(nice -> nice.call(INCREMENT));
  }
}
