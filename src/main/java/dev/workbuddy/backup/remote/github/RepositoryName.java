package dev.workbuddy.backup.remote.github;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A repository as people name it: {@code owner/name}. */
record RepositoryName(String owner, String name) {
  private static final Pattern PLAIN =
      Pattern.compile("([A-Za-z0-9](?:[A-Za-z0-9-]{0,38}))/([A-Za-z0-9._-]{1,100})");

  private static final Pattern BARE = Pattern.compile("[A-Za-z0-9._-]{1,100}");

  /** An address of the web site or of git, as copied from a browser or a clone. */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?:[a-z+]+://)?(?:[^@/\\s]+@)?[A-Za-z0-9.-]+\\.[A-Za-z]+[:/]"
              + "([A-Za-z0-9-]+)/([A-Za-z0-9._-]+?)(?:\\.git)?(?:/.*)?");

  /** Whether a text names a repository without its owner. */
  static boolean isBare(String text) {
    return BARE.matcher(text).matches() && !text.equals(".") && !text.equals("..");
  }

  static Optional<RepositoryName> parse(String text) {
    return Optional.of(PLAIN.matcher(text))
        .filter(Matcher::matches)
        .map(matcher -> new RepositoryName(matcher.group(1), matcher.group(2)))
        .filter(name -> !name.name().equals(".") && !name.name().equals(".."));
  }

  /** What to write instead of a text that is no name of a repository. */
  static String hint(String text) {
    Matcher address = ADDRESS.matcher(text);
    return address.matches()
        ? "Write %s/%s instead of its address.".formatted(address.group(1), address.group(2))
        : "Write it as owner/name, for example me/my-work-buddy-data.";
  }

  @Override
  public String toString() {
    return owner + "/" + name;
  }
}
