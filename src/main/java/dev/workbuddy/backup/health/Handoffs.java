package dev.workbuddy.backup.health;

import java.util.ArrayList;
import java.util.List;

/** The instructions for an agent, or a person, who sets up {@code gh} on this system. */
final class Handoffs {
  private static final String TO_BE_CAREFUL =
      " Ask before each step that needs another user's rights, and never ask for, print or store a"
          + " password or a token.";

  private final OperatingSystem system;

  Handoffs(OperatingSystem system) {
    this.system = system;
  }

  Fixer.AgentHandoff installGh() {
    List<String> commands = new ArrayList<>(install());
    commands.add("gh --version");
    return new Fixer.AgentHandoff(
        "Guide me through installing GitHub's command line program gh on this machine (%s), so that wb-backup can push snapshots with it. The usual commands are: %s. When `gh --version` works, we are done.%s"
            .formatted(system, String.join("; ", commands), TO_BE_CAREFUL),
        commands);
  }

  private List<String> install() {
    return switch (system) {
      case DEBIAN -> List.of("sudo apt-get update", "sudo apt-get install gh");
      case FEDORA -> List.of("sudo dnf install gh");
      case ARCH -> List.of("sudo pacman -S github-cli");
      case MACOS -> List.of("brew install gh");
      case WINDOWS -> List.of("winget install --id GitHub.cli");
      case OTHER -> List.of("# see https://github.com/cli/cli#installation");
    };
  }

  Fixer.AgentHandoff logIn() {
    List<String> commands = List.of("gh auth login --web", "gh api user --jq .login");
    return new Fixer.AgentHandoff(
        "Guide me through logging in to GitHub with `gh auth login --web` on this machine, as the user who runs wb-backup. The login must be allowed to write to private repositories (scope repo). When `gh api user --jq .login` prints my name, we are done. Do not trust `gh auth status`: some versions are wrong.%s"
            .formatted(TO_BE_CAREFUL),
        commands);
  }
}
