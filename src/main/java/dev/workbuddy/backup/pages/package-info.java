/**
 * Reads the pages of two database files and tells which ranges of rows may differ. Without it every
 * row is compared.
 */
@NullMarked
package dev.workbuddy.backup.pages;

import org.jspecify.annotations.NullMarked;
