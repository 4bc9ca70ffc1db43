package dev.workbuddy.backup.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;

class RelativePathTest {
  /** A document with a path in it. */
  record Document(List<RelativePath> files) {}

  @ParameterizedTest
  @MethodSource("dev.workbuddy.backup.testing.HostilePaths#thatLeaveADirectory")
  void parse_textThatLeadsElsewhere_isNone(String text) {
    assertThat(RelativePath.parse(text)).isEmpty();
    assertThatThrownBy(() -> new RelativePath(text)).isInstanceOf(IllegalArgumentException.class);
    byte[] document = Json.bytes(Map.of("files", List.of(text)));
    assertThatThrownBy(() -> Json.read(document, Document.class))
        .isInstanceOf(JacksonException.class);
  }
}
