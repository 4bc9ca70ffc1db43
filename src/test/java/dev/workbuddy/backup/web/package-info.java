@NullMarked
package dev.workbuddy.backup.web;

import org.jspecify.annotations.NullMarked;
