package dev.workbuddy.backup.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.Mounts.Elsewhere;
import dev.workbuddy.backup.testing.Mounted;
import dev.workbuddy.backup.testing.SmallDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the system says of real mounts, under names that it writes in its own way. */
@EnabledOnOs(OS.LINUX)
class MountsTest {
  @TempDir Path scratch;
  private Path live = Path.of("live");
  private Path inside = Path.of("inside");

  @BeforeEach
  void makeDirectories() throws Exception {
    live = Files.createDirectory(scratch.resolve("a b\\134#\tünd\nc"));
    inside = Files.createDirectories(live.resolve("deep/er"));
  }

  @Test
  void disk_mountedInside_isSeenFromAbove() throws Exception {
    try (SmallDisk _ = SmallDisk.mount(inside, 1)) {
      assertThat(Mounts.isMountPoint(inside)).isTrue();
      assertThat(Mounts.isMountPoint(live)).isFalse();
      assertThat(Mounts.below(live)).containsExactly(inside.toRealPath());
      assertThat(Mounts.below(inside)).isEmpty();
      assertThat(Mounts.firstForeign(live)).contains(inside);
      assertThat(Mounts.areOnOneDisk(live, inside)).isFalse();
      assertThat(Mounts.elsewhere(live)).isEmpty();
    }
    assertThat(Mounts.below(live)).isEmpty();
    assertThat(Mounts.firstForeign(live)).isEmpty();
    assertThat(Mounts.areOnOneDisk(live, inside)).isTrue();
  }

  @Test
  void directory_shownElsewhere_isSeenOfItAndOfWhatItIsInButNotOfWhatIsInIt() throws Exception {
    Path other = Files.createDirectory(scratch.resolve("other"));
    try (Mounted _ = Mounted.bind(live.resolve("deep"), other)) {
      Elsewhere view = new Elsewhere(other.toRealPath().toString(), true, null);
      assertThat(Mounts.elsewhere(live)).containsExactly(view);
      assertThat(Mounts.elsewhere(live.resolve("deep"))).containsExactly(view);
      assertThat(Mounts.elsewhere(inside)).isEmpty();
      assertThat(Mounts.below(live)).isEmpty();
      assertThat(Mounts.areOnOneDisk(live, other)).isTrue();
    }
  }
}
