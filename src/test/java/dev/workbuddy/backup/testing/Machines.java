package dev.workbuddy.backup.testing;

import dev.workbuddy.backup.io.Waiting;
import dev.workbuddy.backup.remote.RemoteMachine;
import java.time.InstantSource;
import java.util.Random;
import org.jspecify.annotations.NullMarked;

/** Machines to run on, with this process's environment. */
@NullMarked
public final class Machines {
  private Machines() {}

  public static RemoteMachine of(String host, InstantSource clock, Waiting waiting) {
    return new RemoteMachine(System.getenv(), host, clock, waiting, new Random(1));
  }
}
