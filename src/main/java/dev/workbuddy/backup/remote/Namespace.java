package dev.workbuddy.backup.remote;

import java.util.Locale;
import java.util.regex.Pattern;

/** The name under which a machine keeps its snapshots in places that it shares with others. */
public final class Namespace {
  private static final Pattern VALID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
  private static final Pattern UNUSABLE = Pattern.compile("[^a-z0-9._-]+");
  private static final Pattern START = Pattern.compile("^[._-]+");
  private static final int LONGEST = 63;

  private Namespace() {}

  /** Made of a machine's name: every store and every file system takes it. */
  public static String ofHost(String host) {
    String plain = UNUSABLE.matcher(host.toLowerCase(Locale.ROOT)).replaceAll("-");
    String name = START.matcher(plain).replaceFirst("");
    return name.isEmpty() ? "unnamed" : name.substring(0, Math.min(LONGEST, name.length()));
  }

  /** The name of one among several that wanted the same. */
  static String with(String name, String mark) {
    int room = LONGEST - mark.length() - 1;
    return name.substring(0, Math.min(room, name.length())) + "-" + mark;
  }

  public static boolean isValid(String name) {
    return VALID.matcher(name).matches();
  }
}
