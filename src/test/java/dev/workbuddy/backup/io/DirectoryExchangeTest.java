package dev.workbuddy.backup.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workbuddy.backup.testing.Listing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class DirectoryExchangeTest {
  @TempDir Path directory;
  private final DirectoryExchange exchange = DirectoryExchange.ofSystem().orElseThrow();

  @BeforeEach
  void layTwoDirectories() throws IOException {
    Files.writeString(Files.createDirectory(directory.resolve("live")).resolve("old"), "old");
    Files.writeString(Files.createDirectory(directory.resolve("stagé")).resolve("new"), "new");
  }

  @Test
  void exchange_twoDirectories_haveSwappedTheirNames() throws IOException {
    assertThat(exchange.exchange(directory.resolve("live"), directory.resolve("stagé"))).isTrue();
    assertThat(Listing.of(directory))
        .containsExactlyInAnyOrder("live", "live/new", "stagé", "stagé/old");
  }

  @Test
  void exchange_twice_isAsBefore() throws IOException {
    var before = Listing.of(directory);
    exchange.exchange(directory.resolve("live"), directory.resolve("stagé"));
    exchange.exchange(directory.resolve("live"), directory.resolve("stagé"));
    assertThat(Listing.of(directory)).isEqualTo(before);
  }

  @Test
  void exchange_oneIsNotThere_failsNamingBothAndChangesNothing() throws IOException {
    var before = Listing.of(directory);
    assertThatThrownBy(
            () -> exchange.exchange(directory.resolve("live"), directory.resolve("gone")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("live")
        .hasMessageContaining("gone");
    assertThat(Listing.of(directory)).isEqualTo(before);
  }

  @Test
  void exchange_directoryWithItsOwnChild_cannotBeDone() throws IOException {
    Path child = Files.createDirectory(directory.resolve("live/child"));
    var before = Listing.of(directory);
    assertThat(exchange.exchange(directory.resolve("live"), child)).isFalse();
    assertThat(Listing.of(directory)).isEqualTo(before);
  }
}
