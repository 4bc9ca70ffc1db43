package dev.workbuddy.backup.remote;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How the content that a remote holds was compared with what was sent; sizes always are. */
public enum Proof {
  /** The remote told a checksum of each file. */
  CHECKSUM,
  /** Each file was read back in full. */
  READ_BACK,
  /** Large files were read back in places, the others in full. */
  SAMPLE;

  /** The word for this in records and JSON. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
