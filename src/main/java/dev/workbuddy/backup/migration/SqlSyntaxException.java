package dev.workbuddy.backup.migration;

/** SQL that cannot be used as a migration; says where and why. */
final class SqlSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  SqlSyntaxException(int line, String problem) {
    super("line " + line + " " + problem);
  }

  SqlSyntaxException(String problem) {
    super(problem);
  }

  /** The problem; never null, unlike the inherited message's declared type. */
  String problem() {
    return String.valueOf(getMessage());
  }
}
