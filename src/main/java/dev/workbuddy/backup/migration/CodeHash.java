package dev.workbuddy.backup.migration;

/**
 * What a step's code comes down to.
 *
 * @param format how it was made; hashes of different formats say nothing of each other
 */
public record CodeHash(String format, String hex) {

  /**
   * SHA-256 of the tokens of SQL text, without comments and white space, which is as SQLite cuts
   * them; strings, blobs and quoted names stay as they are.
   */
  public static final String SQL = "wb-backup-sql-1";
}
