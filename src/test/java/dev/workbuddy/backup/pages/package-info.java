@NullMarked
package dev.workbuddy.backup.pages;

import org.jspecify.annotations.NullMarked;
