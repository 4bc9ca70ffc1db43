package dev.workbuddy.backup.sqlite;

import dev.workbuddy.backup.io.SafeText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Gathers what a check finds, as much of it as anybody reads. */
final class Findings {
  private static final int MOST_DAMAGE = 20;
  private static final int MOST_OBJECTIONS = 100;

  private final List<String> damage = new ArrayList<>();
  private final List<Objection> objections = new ArrayList<>();
  private final Set<Unchecked> unchecked = new LinkedHashSet<>();
  private long further;

  void damage(List<String> lines) {
    lines.stream().limit(MOST_DAMAGE - (long) damage.size()).forEach(damage::add);
  }

  void unchecked(String object, String words) {
    unchecked.add(new Unchecked(SafeText.line(object), SafeText.line(words)));
  }

  void objection(String object, String words, long times) {
    if (objections.size() < MOST_OBJECTIONS) {
      objections.add(new Objection(SafeText.line(object), SafeText.line(words), times));
    } else {
      further += times;
    }
  }

  Verdict verdict() {
    List<Objection> all = new ArrayList<>(objections);
    if (further > 0) {
      all.add(new Objection("the database", "further objections", further));
    }
    return new Verdict(damage, all, List.copyOf(unchecked));
  }
}
