package dev.workbuddy.backup.io;

import java.nio.file.Path;

/** A program that tries to take the lock, says how it went, and keeps it until it is killed. */
final class LockHolder {
  private LockHolder() {}

  @SuppressWarnings("SystemOut") // What the test listens to.
  public static void main(String[] arguments) throws Exception {
    var lock = RunLock.tryAcquire(Path.of(arguments[0]), "hold it for a test");
    System.out.println(lock.isPresent() ? "got it" : "somebody has it");
    System.in.read();
    if (lock.isPresent()) {
      lock.get().close();
    }
  }
}
