package dev.workbuddy.backup.config;

import java.util.Locale;

/** How tarballs are compressed; both are formats that the common tools read. */
public enum Compression {
  GZIP(".tar.gz"),
  ZSTD(".tar.zst");

  private final String suffix;

  Compression(String suffix) {
    this.suffix = suffix;
  }

  /** The end of a tarball's file name, with its leading dot. */
  public String suffix() {
    return suffix;
  }

  /** The word for this compression in the configuration. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
