package dev.workbuddy.backup.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.testing.Listing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentFilesTest {
  @TempDir private Path directory;

  private List<String> install(boolean force) throws Exception {
    return new AgentFiles(directory, List.of("wb-backup", "mcp"))
        .install(force).files().stream().map(file -> file.change().word()).toList();
  }

  private Path servers() {
    return directory.resolve(".mcp.json");
  }

  private Path command() {
    return directory.resolve(".claude/commands/wb-backup-now.md");
  }

  @Test
  void install_nothingThere_writesThreeFilesAndNoMore() throws Exception {
    assertThat(install(false)).containsExactly("written", "written", "written");
    assertThat(Listing.of(directory))
        .containsExactly(
            ".claude",
            ".claude/commands",
            ".claude/commands/wb-backup-now.md",
            ".claude/commands/wb-backup-restore.md",
            ".mcp.json");
    assertThat(Files.readString(servers()))
        .isEqualTo(
            """
            {
              "mcpServers": {
                "wb-backup": {
                  "type": "stdio",
                  "command": "wb-backup",
                  "args": ["mcp"]
                }
              }
            }
            """);
    assertThat(Files.readString(command())).startsWith("---\ndescription: ").contains("$ARGUMENTS");
  }

  @Test
  void install_again_changesNothing() throws Exception {
    install(false);
    assertThat(install(false)).containsExactly("unchanged", "unchanged", "unchanged");
  }

  @Test
  void install_editedCommand_isKeptUnlessForced() throws Exception {
    install(false);
    Files.writeString(command(), Files.readString(command()).replace("Take", "Grab"));
    String edited = Files.readString(command());
    assertThat(install(false)).containsExactly("kept", "unchanged", "unchanged");
    assertThat(command()).hasContent(edited);
    assertThat(install(true)).containsExactly("updated", "unchanged", "unchanged");
    assertThat(install(false)).containsExactly("unchanged", "unchanged", "unchanged");
  }

  @Test
  void install_entryOfSomebodyElse_isKeptUnlessForced() throws Exception {
    String own = "{\"mcpServers\": {\"wb-backup\": {\"command\": \"mine\"}, \"x\": {}}}\n";
    Files.writeString(servers(), own);
    assertThat(install(false).getLast()).isEqualTo("kept");
    assertThat(servers()).hasContent(own);
    assertThat(install(true).getLast()).isEqualTo("updated");
    assertThat(Json.parse(Files.readAllBytes(servers())).at("/mcpServers/wb-backup/command"))
        .isEqualTo(Json.tree("wb-backup"));
    assertThat(Json.parse(Files.readAllBytes(servers())).at("/mcpServers").has("x")).isTrue();
  }

  @Test
  void install_otherServers_stayAsTheyAreWritten() throws Exception {
    String before =
        """
        {
            "mcpServers": {
                "other":   { "command": "x", "args": [ ] }
            },
            "more": [1,2,   3]
        }
        """;
    Files.writeString(servers(), before);
    install(false);
    String after = Files.readString(servers());
    assertThat(after)
        .isEqualTo(
            before.replace(
                "        \"other\"",
                """
                        "wb-backup": {
                          "type": "stdio",
                          "command": "wb-backup",
                          "args": ["mcp"]
                        },
                        "other"\
                """));
    assertThat(install(false).getLast()).isEqualTo("unchanged");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{ }\n",
        "\n",
        "{\n}\r\n",
        "{\"mcpServers\":{}}",
        "{\"mcpServers\": { \"a\": {\"mcpServers\": {\"wb-backup\": 1}} }, \"b\": \"}{\\\"\"}",
        "{\"b\": {\"mcpServers\": {}}, \"mcpServers\": {\n\t\"a\": 1\n}}",
        "{\r\n  \"mcpServers\": {\r\n  }\r\n}\r\n",
      })
  void install_anyOtherShape_addsOnlyTheEntry(String before) throws Exception {
    Files.writeString(servers(), before);
    install(false);
    var after = Json.parse(Files.readAllBytes(servers()));
    assertThat(after.at("/mcpServers/wb-backup/args/0")).isEqualTo(Json.tree("mcp"));
    assertThat(install(false).getLast()).isEqualTo("unchanged");
    if (!before.isBlank()) {
      ((tools.jackson.databind.node.ObjectNode) after.at("/mcpServers")).remove("wb-backup");
      var expected = (tools.jackson.databind.node.ObjectNode) Json.parse(before.getBytes(UTF_8));
      expected.withObject("/mcpServers");
      assertThat(after).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ | not valid JSON (line 1",
        "{\"a\": 1,} | not valid JSON",
        "[] | not a JSON object",
        "{\"mcpServers\": []} | mcpServers is not an object",
        "{} {} | not valid JSON",
        "{\"a\": 1} x | not valid JSON",
      })
  void install_unusableFile_isRefusedAndNothingIsWritten(String before, String words)
      throws Exception {
    Files.writeString(servers(), before);
    assertThatThrownBy(() -> install(true))
        .isInstanceOfSatisfying(
            BackupException.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(ErrorCode.CONFIG_INVALID);
              assertThat(refused.text()).contains(words, "nothing was changed");
            });
    assertThat(servers()).hasContent(before);
    assertThat(Listing.of(directory)).containsExactly(".mcp.json");
  }

  @Test
  void install_link_writesWhereItPoints() throws Exception {
    Path shared = Files.writeString(directory.resolve("shared.json"), "{\"mcpServers\":{}}");
    Files.createSymbolicLink(servers(), shared);
    install(false);
    assertThat(servers()).isSymbolicLink();
    assertThat(Files.readString(shared)).contains("wb-backup");
  }
}
