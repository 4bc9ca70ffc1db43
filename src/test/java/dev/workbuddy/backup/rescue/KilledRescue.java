package dev.workbuddy.backup.rescue;

import dev.workbuddy.backup.io.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Set;

/** The program of a child process that rescues, and stops for ever when a certain step begins. */
final class KilledRescue implements Progress {
  private final String last;

  private KilledRescue(String last) {
    this.last = last;
  }

  /** Arguments: the site's directory, the snapshot, the beginning of the last step, the time. */
  public static void main(String[] args) throws Exception {
    RecoverySite site = RecoverySite.in(Path.of(args[0]), args[3]);
    RescueRequest request =
        new RescueRequest(args[1], Set.of("tasks"), Set.of(), null, RescueOptions.careful());
    site.rescue().run(request, new KilledRescue(args[2]));
    System.out.println("done");
  }

  @Override
  public void step(String what) {
    if (what.startsWith(last)) {
      System.out.println("at " + what);
      try {
        System.in.read();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void advance(long done, long total) {}
}
