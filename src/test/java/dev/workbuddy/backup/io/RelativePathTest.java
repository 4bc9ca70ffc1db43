package dev.workbuddy.backup.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;

class RelativePathTest {
  @TempDir Path directory;

  /** A document with a path in it. */
  record Document(List<RelativePath> files) {}

  @ParameterizedTest
  @MethodSource("dev.workbuddy.backup.testing.HostilePaths#thatLeaveADirectory")
  void parse_textThatLeadsElsewhere_isNone(String text) {
    assertThat(RelativePath.parse(text)).isEmpty();
    assertThatThrownBy(() -> new RelativePath(text)).isInstanceOf(IllegalArgumentException.class);
    byte[] document = Json.bytes(java.util.Map.of("files", List.of(text)));
    assertThatThrownBy(() -> Json.read(document, Document.class))
        .isInstanceOf(JacksonException.class);
  }

  @Test
  void under_nameInADirectory_isBelowTheRoot() {
    assertThat(new RelativePath("a/b c/ä.db").under(directory))
        .isEqualTo(directory.resolve("a").resolve("b c").resolve("ä.db"));
  }

  @Test
  void within_linkOnTheWay_isNowhere() throws Exception {
    Path outside = Files.createDirectories(directory.resolve("outside/sub"));
    Path root = Files.createDirectories(directory.resolve("root/real"));
    Files.createSymbolicLink(root.resolveSibling("link"), outside.getParent());
    assertThat(new RelativePath("link/sub/file").within(DurableFiles.parent(root))).isEmpty();
    assertThat(new RelativePath("real/file").within(DurableFiles.parent(root)))
        .contains(root.resolve("file"));
    assertThat(new RelativePath("gone/file").within(DurableFiles.parent(root))).isEmpty();
  }
}
