package dev.workbuddy.backup.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.UnusableFileException;
import dev.workbuddy.backup.io.UserFile;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.snapshot.Checksums;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files of a project that make its agent know of wb-backup: two slash commands, and the server
 * in {@code .mcp.json}. What is there already stays.
 */
public final class AgentFiles {
  /** More than any of these files needs. */
  private static final int MOST_BYTES = 4 << 20;

  private final Path directory;
  private final List<String> command;

  /**
   * For one project.
   *
   * @param directory the project's, where its agent is started
   * @param command what starts the server
   */
  public AgentFiles(Path directory, List<String> command) {
    this.directory = directory;
    this.command = List.copyOf(command);
  }

  private record Planned(Path file, FileChange.Kind change, String text) {}

  /**
   * Writes what is not there or is an earlier version's. Nothing is written unless everything can
   * be read.
   *
   * @param force whether files that somebody edited are replaced, too
   * @throws BackupException {@code config-invalid} where {@code .mcp.json} cannot be extended
   */
  public InstallResult install(boolean force) throws IOException {
    requireDirectory();
    List<Planned> plan = new ArrayList<>();
    for (CommandText text : CommandText.all()) {
      plan.add(command(text, force));
    }
    plan.add(server(force));
    for (Planned planned : plan) {
      execute(planned);
    }
    return new InstallResult(
        plan.stream().map(each -> new FileChange(each.file(), each.change())).toList());
  }

  private void requireDirectory() {
    if (!Files.isDirectory(directory)) {
      throw new BackupException(
          ErrorCode.USAGE,
          directory + " is not a directory",
          "Name the directory in which the agent is started.");
    }
  }

  private Planned command(CommandText text, boolean force) throws IOException {
    Path file = directory.resolve(".claude/commands").resolve(text.name() + ".md");
    String wanted = sealed(text.file());
    String present = read(file);
    boolean edited = present != null && !present.equals(wanted) && !isSealed(present);
    return planned(file, present, edited && !force ? null : wanted);
  }

  private Planned server(boolean force) throws IOException {
    Path file = directory.resolve(".mcp.json");
    String present = read(file);
    return planned(file, present, new McpConfigEntry(command).in(file, present, force));
  }

  /** Without a wanted text the present one is kept. */
  private static Planned planned(Path file, @Nullable String present, @Nullable String wanted) {
    if (wanted == null) {
      return new Planned(file, FileChange.Kind.KEPT, "");
    }
    if (present == null) {
      return new Planned(file, FileChange.Kind.WRITTEN, wanted);
    }
    return new Planned(
        file, present.equals(wanted) ? FileChange.Kind.UNCHANGED : FileChange.Kind.UPDATED, wanted);
  }

  private static void execute(Planned planned) throws IOException {
    switch (planned.change()) {
      case WRITTEN, UPDATED -> {
        Path file = Files.exists(planned.file()) ? planned.file().toRealPath() : planned.file();
        DurableFiles.createDirectories(DurableFiles.parent(file));
        DurableFiles.writeForOthers(file, planned.text().getBytes(UTF_8));
      }
      case UNCHANGED, KEPT -> {}
    }
  }

  private static @Nullable String read(Path file) throws IOException {
    UserFile found = new UserFile(file, MOST_BYTES);
    if (!found.isThere()) {
      return null;
    }
    try {
      return found.text();
    } catch (UnusableFileException e) {
      throw McpConfigEntry.unusable(file, "it " + e.why());
    } catch (CharacterCodingException e) {
      throw McpConfigEntry.unusable(file, "it is not UTF-8 text");
    }
  }

  /** The checksum tells a file that nobody has touched since from one that somebody edited. */
  private static String sealed(String text) {
    String checksum = Checksums.mark(text, 16);
    return "%s\n<!-- Written by wb-backup, checksum %s. Edited, it is kept. -->\n"
        .formatted(text, checksum);
  }

  private static boolean isSealed(String present) {
    int seal = present.lastIndexOf("\n<!--");
    return seal >= 0 && present.equals(sealed(present.substring(0, seal)));
  }
}
