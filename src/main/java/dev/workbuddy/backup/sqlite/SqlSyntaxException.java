package dev.workbuddy.backup.sqlite;

/** SQL that cannot be used as it is; says where and why. */
public final class SqlSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  public SqlSyntaxException(int line, String problem) {
    super("line " + line + " " + problem);
  }

  public SqlSyntaxException(String problem) {
    super(problem);
  }

  /** The problem; never null, unlike the inherited message's declared type. */
  public String problem() {
    return String.valueOf(getMessage());
  }
}
