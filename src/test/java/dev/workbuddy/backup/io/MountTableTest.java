package dev.workbuddy.backup.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.MountTable.Mount;
import dev.workbuddy.backup.io.MountTable.Place;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where paths lead, by a list of mounts as Linux writes it. */
class MountTableTest {
  private static final MountTable TABLE =
      MountTable.parse(
          """
          22 27 0:21 / /proc rw - proc proc rw
          27 1 254:0 / / rw - ext4 /dev/vda rw
          40 27 8:1 / /srv rw - ext4 /dev/sda1 rw
          41 40 8:1 /data/db /srv/inside\\040it rw - ext4 /dev/sda1 rw
          42 27 0:50 /@home /home rw - btrfs /dev/sdb rw
          43 40 9:1 / /srv/data/hidden rw - ext4 /dev/sdc rw
          44 40 8:2 / /srv/data rw - ext4 /dev/sdd rw
          45 44 8:3 / /srv/data rw - ext4 /dev/sde rw
          46 27 8:1 /gone//deleted /old rw - ext4 /dev/sda1 rw
          nonsense
          """
              .getBytes(UTF_8));

  @ParameterizedTest
  @CsvSource({
    "/, 254:0, /",
    "/etc/hosts, 254:0, /etc/hosts",
    "/srv, 8:1, /",
    "/srv/app/db, 8:1, /app/db",
    "/srvx, 254:0, /srvx",
    "/srv/inside it/n.db, 8:1, /data/db/n.db",
    "/home, 0:50, /@home",
    "/home/me, 0:50, /@home/me",
    "/srv/data/hidden/x, 8:3, /hidden/x",
  })
  void place_isWhereTheSystemWouldGo(String path, String device, String there) {
    assertThat(TABLE.place(path)).contains(new Place(device, there));
  }

  @Test
  void under_isWhereAMountStandsInTheFileSystemBelowIt() {
    assertThat(TABLE.under(mount("41"))).contains(new Place("8:1", "/inside it"));
    assertThat(TABLE.under(mount("45"))).contains(new Place("8:2", "/"));
    assertThat(TABLE.under(mount("27"))).isEmpty();
  }

  @Test
  void holds_isTheDirectoryAndAllBelowItInOneFileSystem() {
    Place db = new Place("8:1", "/data/db");
    assertThat(db.holds(mount("41").shown())).isTrue();
    assertThat(db.holds(new Place("8:1", "/data/db/n.db"))).isTrue();
    assertThat(db.holds(new Place("8:1", "/data/db2"))).isFalse();
    assertThat(db.holds(new Place("8:1", "/data"))).isFalse();
    assertThat(db.holds(new Place("8:2", "/data/db"))).isFalse();
    assertThat(mount("46").isOfNothing()).isTrue();
  }

  @Test
  void below_leavesOutTheDirectoryItself() {
    assertThat(TABLE.below("/srv/data")).extracting(Mount::id).containsExactly("43");
    assertThat(TABLE.isPoint("/srv/data")).isTrue();
    assertThat(TABLE.isPoint("/srv/dat")).isFalse();
  }

  @Test
  void place_processInADirectoryThatItTakesForTheRoot_knowsOnlyWhatIsMountedThere() {
    MountTable jailed = MountTable.parse("50 49 8:1 / /srv rw - ext4 x rw\n".getBytes(UTF_8));

    assertThat(jailed.place("/srv/db")).contains(new Place("8:1", "/db"));
    assertThat(jailed.place("/etc")).isEmpty();
  }

  private static Mount mount(String id) {
    return TABLE.mounts().stream().filter(mount -> mount.id().equals(id)).findFirst().orElseThrow();
  }

  @Test
  void layers_ofAnOverlay_areTheDirectoriesThatItShows() {
    MountTable table =
        MountTable.parse(
            ("60 27 0:61 / /merged rw,relatime shared:1 - overlay overlay"
                    + " rw,lowerdir=/low\\040er:/base,upperdir=/srv/app/db,workdir=/srv/w\n"
                    + "61 27 8:1 / /srv rw - ext4 /dev/sda1 rw\n")
                .getBytes(UTF_8));

    assertThat(table.mounts())
        .extracting(Mount::layers)
        .containsExactly(List.of("/low er", "/base", "/srv/app/db"), List.of());
  }
}
