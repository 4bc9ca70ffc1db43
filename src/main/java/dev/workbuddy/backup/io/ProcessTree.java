package dev.workbuddy.backup.io;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program and what it started. None of them outlives this process, however that is stopped; only
 * {@code kill -9} leaves them no one to end them.
 */
final class ProcessTree implements AutoCloseable {
  private static final long GRACE_SECONDS = 5;

  private final Process program;
  private final Thread atShutdown = Boundary.atShutdown(this::end, _ -> {});

  private ProcessTree(Process program) {
    this.program = program;
  }

  /** Returns a program that may go on when this process is stopped. */
  static ProcessTree outliving(Process program) {
    return new ProcessTree(program);
  }

  /** One that ends with this process. */
  static ProcessTree of(Process program) {
    ProcessTree tree = new ProcessTree(program);
    tree.endAtShutdown();
    return tree;
  }

  private void endAtShutdown() {
    try {
      Runtime.getRuntime().addShutdownHook(atShutdown);
    } catch (IllegalStateException shuttingDown) {
      end();
    }
  }

  /** Ends what is left of the tree outright, and waits until it is gone. */
  void end() {
    List<ProcessHandle> all =
        Stream.concat(program.descendants(), Stream.of(program.toHandle())).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    CompletableFuture<?>[] ends =
        all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(ends).completeOnTimeout(null, GRACE_SECONDS, TimeUnit.SECONDS).join();
  }

  /** Lets go of the tree. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(atShutdown);
    } catch (IllegalStateException shuttingDown) {
      // The hook runs.
    }
  }
}
