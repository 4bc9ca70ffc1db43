package dev.workbuddy.backup.snapshot.archive;

/** How much work goes into making a tarball small; every reader reads both. */
public enum CompressionLevel {
  /** Small, at a speed that suits a job in the background. */
  USUAL,
  /** About a tenth larger, in about half the processor time: somebody waits. */
  HASTE
}
