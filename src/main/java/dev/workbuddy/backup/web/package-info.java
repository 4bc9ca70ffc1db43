/** The page in a browser, and the same capabilities as JSON over HTTP. */
@NullMarked
package dev.workbuddy.backup.web;

import org.jspecify.annotations.NullMarked;
