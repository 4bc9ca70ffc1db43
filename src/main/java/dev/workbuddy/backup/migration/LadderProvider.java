package dev.workbuddy.backup.migration;

import java.util.List;

/**
 * Migrations written in Java, found by {@link java.util.ServiceLoader} in a jar that {@code
 * migrations} of a database names: the jar lists the implementing class in {@code
 * META-INF/services/dev.workbuddy.backup.migration.LadderProvider}. The class is public and has a
 * public constructor without parameters.
 */
public interface LadderProvider {

  /** The logical name of the database that the steps are for. */
  String database();

  /** The steps, in any order; see {@link Step#sql} and {@link Step#java}. */
  List<Step> steps();
}
