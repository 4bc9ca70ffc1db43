package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the live directory holds while a restore or rollback goes on, for whoever ends that in the
 * middle. Made before it begins.
 */
public final class LiveDataStatus {
  private final LiveDirectory live;
  private final boolean wasThere;
  private final Optional<Path> keptBefore;

  private LiveDataStatus(LiveDirectory live) throws IOException {
    this.live = live;
    this.wasThere = Files.exists(live.path());
    this.keptBefore = live.newestKept();
  }

  public static LiveDataStatus of(Settings settings) throws IOException {
    return new LiveDataStatus(LiveDirectory.of(settings));
  }

  /** Which data is live now, and what is left to the next command; a sentence without its end. */
  public String words() throws IOException {
    boolean swapping = Files.exists(live.journal());
    if (swapping && Files.exists(live.path().resolve(SwapMarker.FILE_NAME))) {
      return "the restored data is in place; the next command tidies up";
    }
    if (swapping && !Files.exists(live.path())) {
      return "the next command puts the restored data in place";
    }
    if (swapping || !live.stagings().isEmpty()) {
      return "the data is as it was before; the next command removes what was unpacked";
    }
    return ended();
  }

  private String ended() throws IOException {
    Optional<Path> kept = live.newestKept();
    if (kept.isPresent() && !kept.equals(keptBefore)) {
      return "the restored data is in place; the old data is in " + kept.get();
    }
    return !wasThere && Files.exists(live.path())
        ? "the restored data is in place"
        : "nothing was changed";
  }
}
