/**
 * Reads the pages of two database files and tells which ranges of rows may differ; whoever does
 * without it compares every row.
 */
@NullMarked
package dev.workbuddy.backup.pages;

import org.jspecify.annotations.NullMarked;
